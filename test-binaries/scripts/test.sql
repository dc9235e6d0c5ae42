create table person (id integer primary key, name text not null, age integer, height real);
insert into person (name, age, height) values ('Ada', 36, 1.65), ('Alan', 41, 1.78), ('Grace', 85, 1.6), ('Edsger', 72, 1.8);
select name, age, height from person order by age desc;
select count(*), avg(age), min(height), max(height), total(height) from person;

create table number as
with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) select i, i * i % 9973 as r from n;
create index number_r on number(r);
select count(*), sum(r), count(distinct r) from number;
select r, count(*) as c from number group by r having c > 4 order by c desc, r limit 5;
select count(*) from number a join number b on a.r = b.r where a.i < b.i;

begin;
update number set r = r + 1 where i % 7 = 0;
select sum(r) from number;
rollback;
select sum(r) from number;

create trigger older after update of age on person begin
    insert into log values (old.name || ': ' || old.age || ' -> ' || new.age);
end;
create table log (line text);
update person set age = age + 1 where name like 'A%';
select * from log order by line;

select name, rank() over (order by height desc), round(avg(height) over (order by id rows between 1 preceding and current row), 4)
from person order by id;
select upper(name), substr(name, 2, 2), length(name), hex(name), printf('%08.3f', height) from person where id = 1;
select date('2024-02-28', '+2 days'), strftime('%j', '2024-12-31'), julianday('2000-01-01 12:00:00');
select json_extract('{"a": [1, 2, {"b": "deep"}]}', '$.a[2].b');
select 1 / 0, 7 / 2, 7.0 / 2, 9223372036854775807 + 1, cast('12abc' as integer), x'00ff', typeof(null);
insert into person (name) values (null);
select nosuch from person;
create virtual table page using fts5(title, body);
insert into page values ('first', 'the quick brown fox'), ('second', 'a lazy dog and a fox'), ('third', 'nothing here');
select title from page where page match 'fox' order by title;
delete from number where i > 100;
vacuum;
pragma integrity_check;
pragma journal_mode = wal;
insert into log values ('written ahead');
select count(*) from log;
