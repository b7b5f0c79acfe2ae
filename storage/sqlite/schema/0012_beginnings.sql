-- Beginnings of words are kept to ten letters, not five: for a longer one FTS5 puts together every order of every word that it
-- begins, and "exampl" took four seconds where a million orders have an address at example.
drop table search;
create virtual table search using fts5 (
  words, content = 'orders', content_rowid = 'n', columnsize = 0, detail = none,
  prefix = '1 2 3 4 5 6 7 8 9 10', tokenize = 'unicode61 remove_diacritics 2'
);
