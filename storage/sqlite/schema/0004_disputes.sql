-- Evidence, in the cabinet: what is in a document, under the SHA-256 that its entry carries. Every order has its own
-- copy: one may be forgotten, and the other not.
create table papers (
  sha256  text not null,
  "order" text not null,
  body    blob not null,       -- empty once it was forgotten
  primary key (sha256, "order")
) strict;

-- The list of disputes, a view.
create table disputes (
  id          text not null,
  payment     text not null,
  n           integer not null, -- the order's row
  stage       text not null,
  status      text not null,
  is_open     integer not null,
  amount      integer not null, -- minor units
  currency    text not null,
  money       text not null,
  reason_code text not null,
  network     text not null,
  respond_by  text not null,    -- '~', which comes after every time, where nobody waits for us
  opened_at   text not null,
  primary key (id, payment)
) strict, without rowid;
create index disputes_opened on disputes (opened_at, id, payment);
create index disputes_due on disputes (respond_by, id, payment);
create index disputes_open on disputes (opened_at, id, payment) where is_open;
create index disputes_open_due on disputes (respond_by, id, payment) where is_open;
