import { type Kysely, sql } from 'kysely';

/** The tables of the sign-in library, in our naming. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table identity."user" (
    id text primary key,
    name text not null,
    email text not null unique,
    email_verified boolean not null,
    image text,
    created_at timestamptz not null default current_timestamp,
    updated_at timestamptz not null default current_timestamp,
    username text unique,
    display_username text,
    role text not null check (role in ('guard', 'teacher', 'administrator', 'principal'))
  )`.execute(db);
  await sql`create table identity.session (
    id text primary key,
    expires_at timestamptz not null,
    token text not null unique,
    created_at timestamptz not null default current_timestamp,
    updated_at timestamptz not null,
    ip_address text,
    user_agent text,
    user_id text not null references identity."user" on delete cascade
  )`.execute(db);
  await sql`create index session_user_id on identity.session (user_id)`.execute(db);
  await sql`create table identity.account (
    id text primary key,
    account_id text not null,
    provider_id text not null,
    user_id text not null references identity."user" on delete cascade,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamptz,
    refresh_token_expires_at timestamptz,
    scope text,
    password text,
    created_at timestamptz not null default current_timestamp,
    updated_at timestamptz not null
  )`.execute(db);
  await sql`create index account_user on identity.account (user_id)`.execute(db);
  await sql`create table identity.verification (
    id text primary key,
    identifier text not null,
    value text not null,
    expires_at timestamptz not null,
    created_at timestamptz not null default current_timestamp,
    updated_at timestamptz not null default current_timestamp
  )`.execute(db);
  await sql`create index verification_identifier on identity.verification (identifier)`.execute(db);
}
