-- What somebody should see to, of every order.
create table cares (
  since    text not null,    -- from when on; '' at once
  n        integer not null, -- the order's row
  name     text not null,
  risk     integer not null, -- minor units
  currency text not null,
  until    text not null,    -- the deadline; '' where nobody says
  primary key (since, n, name)
) strict, without rowid;

-- What came by hour, currency and method, in minor units.
create table takings (
  hour     text not null,
  currency text not null,
  method   text not null,
  sales    integer not null, -- payments
  taken    integer not null,
  refunded integer not null,
  reversed integer not null,
  disputed integer not null,
  primary key (hour, currency, method)
) strict, without rowid;

-- Payouts by age.
create index names_payouts on names (n, id) where kind = 'payout';
