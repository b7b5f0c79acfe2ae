-- What an order adds to the search is a quarter of a page: in leaves of that size a step writes half as many pages of the file.
insert into search (search, rank) values ('pgsz', 1000);

-- The words themselves, in their order, as the search has them.
create virtual table if not exists terms using fts5vocab (search, instance);
