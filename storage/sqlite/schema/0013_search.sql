-- What an order adds to the search is a quarter of a page: in leaves of that size an order that is issued writes a tenth fewer
-- pages of the file.
insert into search (search, rank) values ('pgsz', 1000);

-- The words themselves, in their order, as the search has them: by it a word that is longer than the beginnings it keeps is
-- looked up.
create virtual table if not exists terms using fts5vocab (search, instance);
