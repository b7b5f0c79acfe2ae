-- What rounding brought beside the rest is a part of what came.
drop table takings;
create table takings (
  hour     text not null,
  currency text not null,
  method   text not null,
  sales    integer not null, -- payments
  taken    integer not null,
  refunded integer not null,
  reversed integer not null,
  disputed integer not null,
  rounded  integer not null, -- of cash, below 0 what it cost
  primary key (hour, currency, method)
) strict, without rowid;

-- An amount is one of a currency: those of others are not walked.
drop index orders_total;
create index orders_amount on orders (currency, total);
