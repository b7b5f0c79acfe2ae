-- Evidence, in the cabinet: what is in a document, found by the SHA-256 that its entry carries.
create table papers (
  sha256 text primary key,
  body   blob not null         -- empty once it was emptied
) strict, without rowid;
