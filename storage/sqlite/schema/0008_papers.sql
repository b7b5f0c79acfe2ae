-- What a document of evidence is called stands beside what is in it, and goes with it: a file's name tells of people too.
alter table papers add column name text not null default '';
update papers set name = coalesce((
  select json_extract(p.value, '$.name')
  from journal j, json_each(case when json_valid(j.body) then j.body else '{}' end, '$.papers') p
  where j.stream = papers."order" and j.kind = 'evidence.added' and json_extract(p.value, '$.sha256') = papers.sha256
  order by j.seq desc limit 1), '')
where body <> x'';
create index papers_order on papers ("order");
