import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table drills.classes (
    id text primary key,
    name text not null,
    grade smallint not null,
    teacher_id text not null,
    teacher_name text not null
  )`.execute(db);
  await sql`create table drills.pupils (
    id text primary key,
    class text not null references drills.classes on delete cascade,
    number smallint not null,
    name text not null,
    unique (class, number)
  )`.execute(db);
  await sql`create table drills.drills (
    id uuid primary key,
    term uuid not null references drills.terms,
    kind text not null,
    date date not null,
    time text not null,
    announced boolean not null,
    target_seconds integer not null,
    lead json not null,
    observers json not null,
    verifies uuid[] not null,
    status text not null check (status in ('planned', 'running', 'ended', 'cancelled')),
    mode text not null check (mode in ('exercise', 'test')),
    plan_version uuid references drills.plan_versions,
    incident uuid unique,
    alarm_heard_at timestamptz,
    started_at timestamptz,
    ended_at timestamptz,
    end_note text,
    cancel_reason text,
    result json
  )`.execute(db);
  await sql`create index drills_term on drills.drills (term, date)`.execute(db);
  await sql`create table drills.history (
    position bigint generated always as identity primary key,
    drill uuid not null references drills.drills,
    at timestamptz not null,
    actor json not null,
    type text not null,
    detail json not null
  )`.execute(db);
  await sql`create index history_drill on drills.history (drill, position)`.execute(db);
  await sql`create table drills.drill_classes (
    drill uuid not null references drills.drills,
    class text not null,
    name text not null,
    teacher_id text not null,
    teacher_name text not null,
    place text not null,
    primary key (drill, class)
  )`.execute(db);
  await sql`create table drills.drill_pupils (
    drill uuid not null,
    pupil text not null,
    class text not null,
    number smallint not null,
    name text not null,
    primary key (drill, pupil),
    foreign key (drill, class) references drills.drill_classes
  )`.execute(db);
  await sql`create table drills.roll_marks (
    id uuid primary key,
    drill uuid not null,
    pupil text not null,
    state text not null check (state in ('present', 'missing', 'elsewhere')),
    at timestamptz not null,
    claimed_at timestamptz not null,
    received_at timestamptz not null,
    actor json not null,
    note text not null,
    foreign key (drill, pupil) references drills.drill_pupils
  )`.execute(db);
  await sql`create index roll_marks_latest on drills.roll_marks (drill, pupil, at desc, id desc)`.execute(db);
  await sql`create table drills.roll_reports (
    id uuid primary key,
    drill uuid not null,
    class text not null,
    at timestamptz not null,
    received_at timestamptz not null,
    actor json not null,
    foreign key (drill, class) references drills.drill_classes
  )`.execute(db);
  await sql`create index roll_reports_class on drills.roll_reports (drill, class, at)`.execute(db);
  await sql`create table drills.skills (
    id uuid primary key,
    drill uuid not null references drills.drills,
    person_id text not null,
    person_name text not null,
    skill text not null,
    seconds integer,
    at timestamptz not null,
    source text not null,
    unique (drill, person_id, skill)
  )`.execute(db);
  await sql`create table drills.findings (
    id uuid primary key,
    drill uuid not null references drills.drills,
    what text not null,
    place text not null,
    actor json not null,
    at timestamptz not null,
    dismissed text
  )`.execute(db);
  await sql`create table drills.photos (
    id uuid primary key,
    finding uuid not null references drills.findings,
    type text not null check (type in ('image/jpeg', 'image/png')),
    bytes bytea not null,
    actor json not null,
    at timestamptz not null
  )`.execute(db);
  await sql`create table drills.hazard_links (
    hazard uuid primary key,
    finding uuid not null,
    number text not null,
    status text not null,
    owner_name text,
    deadline date,
    recorded_at timestamptz not null,
    fixed_at timestamptz,
    fixed_by text,
    verified_at timestamptz
  )`.execute(db);
  await sql`create index hazard_links_finding on drills.hazard_links (finding)`.execute(db);
  for (const table of ['history', 'roll_marks', 'roll_reports', 'skills', 'photos', 'drill_classes', 'drill_pupils']) {
    await sql`revoke update, delete on ${sql.id('drills', table)} from anyuan_drills`.execute(db);
  }
}
