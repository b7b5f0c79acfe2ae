-- What is kept of the PINs of operators, in the cabinet: a slow hash for which a secret is needed that is not in this file.
create table pins (
  operator text primary key,
  hash     text not null
) strict, without rowid;

-- The tries to sign in under a name, or at this device, since the last that was right.
create table tries (
  key   text primary key,      -- of a name: made of it by that secret
  wrong integer not null,
  locks integer not null,
  left  integer not null,      -- nanoseconds of a lock, as it was at seen
  calm integer not null,      -- nanoseconds without a wrong one, as it was at seen
  seen  text not null          -- by the machine's clock, UTC
) strict, without rowid;

-- The names of operators: the views are made anew with them.
