import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const by = sql`recorded_id text not null, recorded_name text not null, recorded_at timestamptz not null`;
  await sql`create table training.courses (
    id uuid primary key,
    code text not null unique,
    title text not null,
    roles text[] not null,
    period_months int,
    pass_mark int,
    retired_at timestamptz
  )`.execute(db);
  await sql`create table training.course_plan (
    course uuid not null references training.courses,
    year int not null,
    months int[] not null,
    primary key (course, year)
  )`.execute(db);
  await sql`create table training.sessions (
    id uuid primary key,
    course uuid not null references training.courses,
    date date not null,
    from_time text not null,
    hours double precision not null,
    place text not null,
    trainer text not null,
    topic text not null,
    cancelled_at timestamptz
  )`.execute(db);
  await sql`create index sessions_date on training.sessions (date)`.execute(db);
  await sql`create index sessions_course on training.sessions (course, date)`.execute(db);
  await sql`create table training.attendances (
    id uuid primary key,
    session uuid not null references training.sessions,
    person text not null references training.people,
    via text not null check (via in ('card', 'name')),
    gate text,
    at timestamptz not null,
    ${by},
    unique (session, person)
  )`.execute(db);
  await sql`create index attendances_person on training.attendances (person)`.execute(db);
  await sql`create table training.assessments (
    id uuid primary key,
    session uuid not null,
    person text not null,
    score int not null,
    pass_mark int not null,
    passed boolean not null,
    at timestamptz not null,
    ${by},
    foreign key (session, person) references training.attendances (session, person)
  )`.execute(db);
  await sql`create index assessments_session on training.assessments (session, person)`.execute(db);
  await sql`create table training.classes (
    id text primary key,
    name text not null,
    teacher text references training.people,
    position int not null
  )`.execute(db);
  await sql`create table training.lessons (
    id uuid primary key,
    class text not null references training.classes,
    class_name text not null,
    date date not null,
    topic text not null,
    minutes int not null,
    title text not null,
    link text,
    ${by}
  )`.execute(db);
  await sql`create index lessons_date on training.lessons (date, class)`.execute(db);
  await sql`create table training.proofs (
    lesson uuid primary key references training.lessons,
    type text not null,
    bytes bytea not null,
    ${by}
  )`.execute(db);
  for (const table of ['attendances', 'assessments', 'lessons', 'proofs']) {
    await sql`revoke update, delete on ${sql.id('training', table)} from anyuan_training`.execute(db);
  }
}
