/** The shape of all owners' schemas as text, read from the catalogue, so that a review sees what a migration does. */
import { type Kysely, sql } from 'kysely';
import { OWNERS } from './owners.ts';

export function describeSchemas(admin: Kysely<unknown>): Promise<string> {
  return admin.transaction().execute(async (trx) => {
    // Then every name in the text carries its schema, whoever asks.
    await sql`set local search_path = ''`.execute(trx);
    return describe(trx);
  });
}

async function describe(db: Kysely<unknown>): Promise<string> {
  const { rows } = await sql<{ line: string }>`
    with tables as (
      select c.oid, n.nspname as owner, c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname = any(${[...OWNERS]}) and c.relname not like 'schema\\_migration%'
    ), lines as (
      select owner, name, 0 as part, 0::bigint as place, format('-- %s.%s', owner, name) as line from tables
      union all
      select owner, name, 1, a.attnum, format('%s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end,
        case when a.attidentity <> '' then ' identity'
          when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end)
      from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = t.oid and d.adnum = a.attnum
      union all
      select owner, name, 2, row_number() over (order by c.conname), format('%s %s', c.conname, pg_get_constraintdef(c.oid))
      from tables t join pg_constraint c on c.conrelid = t.oid where c.contype <> 'n'
      union all
      select owner, name, 3, row_number() over (order by i.indexrelid::regclass::text), pg_get_indexdef(i.indexrelid)
      from tables t join pg_index i on i.indrelid = t.oid
      where not exists (select from pg_constraint c where c.conindid = i.indexrelid)
      union all
      select owner, name, 4, row_number() over (order by grantee), format('grant %s to %s',
        string_agg(lower(privilege_type), ', ' order by privilege_type), grantee)
      from tables t join information_schema.role_table_grants g on g.table_schema = t.owner and g.table_name = t.name
      where g.grantee like 'anyuan\\_%' and g.grantee <> 'anyuan_admin' group by owner, name, grantee
    )
    select case part when 0 then E'\n' || line else line end as line from lines order by owner, name, part, place`.execute(
    db,
  );
  return `-- What all migrations together make. Written by: node packages/db/src/write-schema.ts\n${rows.map((r) => `${r.line}\n`).join('')}`;
}
