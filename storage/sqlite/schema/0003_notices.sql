-- The inbox, in the cabinet: what providers told of their own accord, as it came, each event once.
create table inbox (
  n           integer primary key, -- in the order in which they came
  variant     text not null,
  id          text not null,       -- the provider's event id
  position    text not null,       -- of its newest delivery
  type        text not null,
  at          text not null,
  payment     text not null,
  facts       text not null,       -- JSON
  body        text not null,
  signature   text not null,
  received_at text not null,
  orphan      integer not null,
  unique (variant, id)
) strict;
create index inbox_orphans on inbox (n) where orphan;

-- How far the notices of a variant have been read.
create table inbox_read (
  variant  text primary key,
  position text not null
) strict, without rowid;

-- The names of what is no order's came later: the views are made anew with them.
