-- What orders and their money are called, and other things that are called by a name. Two orders may each have something
-- of the same name and id: gateways call cases as they like.
drop table names;
create table names (
  kind   text not null,        -- order, payment, refund, number, reference
  name   text not null,
  id     text not null,        -- whose name it is
  n      integer not null,     -- the order's row
  primary key (kind, name, id, n)
) strict, without rowid;
