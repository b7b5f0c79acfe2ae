-- The sales that are no order yet, in the cabinet: the one on the screen, and those that were parked. Whom a sale is for
-- stands apart from what is sold, so that a person can be forgotten and the sale stays.
create table sales (
  id       text primary key,       -- '': the one on the screen
  at       text not null,          -- since when it is parked
  customer text not null,
  client   text not null,          -- JSON; '' for nobody, and for one who was forgotten
  sale     blob not null
) strict, without rowid;
insert into sales (id, at, customer, client, sale)
  select '', '', '',
    case when json_valid(cast(sale as text)) then coalesce(json_extract(cast(sale as text), '$.client'), '') else '' end,
    case when json_valid(cast(sale as text)) then cast(json_remove(cast(sale as text), '$.client') as blob) else sale end
  from parked;
drop table parked;
