-- The views: made from the journal, rebuilt from it at any time. No decision reads one, except to find streams.

-- The last number of each series.
create table counters (
  series text primary key,
  last   integer not null
) strict, without rowid;

-- The list of orders. n sorts as created_at does, see place() in record.go: the primary key is that index.
create table orders (
  n          integer primary key,
  id         text not null,
  human_id   text not null,
  number     text not null,
  reference  text not null,
  status     text not null,
  label      text not null,
  lifecycle  text not null,
  attention  text not null,    -- names with blanks between them
  currency   text not null,
  total      integer not null, -- minor units
  balance    integer not null, -- minor units
  customer   text not null,
  person     text not null,    -- row of people, '' if none
  method     text not null,
  is_test    integer not null,
  created_at text not null,
  seq        integer not null, -- of its last entry
  words      text not null     -- what it is found by
) strict;
create index orders_status on orders (status);
create index orders_is_test on orders (is_test);
create index orders_total on orders (total);
create index orders_person on orders (person) where person <> '';

-- The words of the orders. No columns' sizes and no positions: they cost pages, and nobody ranks.
create virtual table search using fts5 (
  words, content = 'orders', content_rowid = 'n', columnsize = 0, detail = none,
  prefix = '1 2 3 4 5', tokenize = 'unicode61 remove_diacritics 2'
);

-- What an order, a payment or a refund is called: ids without their prefix and human ids in lower case,
-- numbers, references.
create table names (
  kind   text not null,        -- order, payment, refund, number, reference
  name   text not null,
  id     text not null,        -- whose name it is
  n      integer not null,     -- the order's row
  primary key (kind, name, id)
) strict, without rowid;

-- What falls due.
create table timers (
  at      text not null,
  "order" text not null,
  name    text not null,
  subject text not null,
  asks    integer not null,
  primary key (at, "order", name, subject)
) strict, without rowid;
