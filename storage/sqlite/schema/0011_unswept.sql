-- A row: somebody was forgotten, and old bytes of theirs may still lie in the file. It goes when they have been
-- overwritten.
create table unswept (one integer primary key check (one = 1)) strict;
