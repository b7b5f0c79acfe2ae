-- The journal: every fact, in order, each chained to the one before it.
create table journal (
  seq     integer primary key, -- from 1, without a gap
  at      text not null,       -- UTC, microseconds, fixed width
  actor   text not null,
  source  text not null,
  stream  text not null,
  subject text not null,
  kind    text not null,
  key     text not null,       -- idempotency key, '' if none
  body    text not null,       -- JSON, never written again
  prev    text not null,       -- hash of the entry before, '' for the first
  hash    text not null        -- SHA-256, hex
) strict;
create index journal_stream on journal (stream);
create unique index journal_key on journal (key) where key <> '';

-- How far the journal goes, so that an end that was cut off is missed.
create table head (
  one     integer primary key check (one = 1),
  entries integer not null,
  hash    text not null
) strict;
insert into head values (1, 0, '');

-- The cabinet: what must be able to change or go.
create table people (
  id   text primary key,
  salt text not null,          -- '' once forgotten
  body text not null           -- JSON, '' once forgotten
) strict, without rowid;

create table wires (
  operation text not null,
  seq       integer not null,  -- of the entry that brought it
  sent      text not null,
  answered  text not null,
  took      integer not null,  -- nanoseconds
  primary key (operation, seq)
) strict, without rowid;

create table articles (
  sku         text primary key,
  title       text not null,
  price       integer not null, -- minor units
  currency    text not null,
  note        text not null,
  barcode     text not null,
  tax_percent text not null,
  words       text not null     -- sku, title and note in lower case
) strict, without rowid;

create table parked (
  one  integer primary key check (one = 1),
  sale blob not null
) strict;
