-- What all migrations together make. Written by: node packages/db/src/write-schema.ts

-- alarm.devices
device text not null
kind text not null
name text not null
zone text not null
zone_name text not null
gate text
answers boolean not null
devices_pkey PRIMARY KEY (device)
grant delete, insert, select, update to anyuan_alarm

-- alarm.history
seq bigint not null identity
incident uuid not null
key text not null
at timestamp with time zone not null
type text not null
actor json
device text
detail json not null
history_incident_key_key UNIQUE (incident, key)
history_pkey PRIMARY KEY (seq)
CREATE INDEX history_incident ON alarm.history USING btree (incident, at)
grant insert, select to anyuan_alarm

-- alarm.incidents
incident uuid not null
mode text not null
kind text not null
action text not null
audibility text not null
raise json not null
received_at timestamp with time zone not null
incidents_mode_check CHECK ((mode = ANY (ARRAY['actual'::text, 'exercise'::text, 'test'::text])))
incidents_pkey PRIMARY KEY (incident)
CREATE INDEX incidents_received ON alarm.incidents USING btree (received_at)
grant insert, select to anyuan_alarm

-- alarm.outbox
position bigint not null identity
id uuid not null
entity text not null
type text not null
data json not null
at timestamp with time zone not null
published_at timestamp with time zone
outbox_id_key UNIQUE (id)
outbox_pkey PRIMARY KEY ("position")
CREATE INDEX outbox_published ON alarm.outbox USING btree (published_at) WHERE (published_at IS NOT NULL)
CREATE INDEX outbox_waiting ON alarm.outbox USING btree ("position") WHERE (published_at IS NULL)
grant delete, insert, select, update to anyuan_alarm

-- drills.outbox
position bigint not null identity
id uuid not null
entity text not null
type text not null
data json not null
at timestamp with time zone not null
published_at timestamp with time zone
outbox_id_key UNIQUE (id)
outbox_pkey PRIMARY KEY ("position")
CREATE INDEX outbox_published ON drills.outbox USING btree (published_at) WHERE (published_at IS NOT NULL)
CREATE INDEX outbox_waiting ON drills.outbox USING btree ("position") WHERE (published_at IS NULL)
grant delete, insert, select, update to anyuan_drills

-- gate.access_log
id uuid not null
at timestamp with time zone not null
visit uuid not null
actor_id text not null
actor_name text not null
purpose text not null
access_log_pkey PRIMARY KEY (id)
grant insert, select to anyuan_gate

-- gate.list_version
list text not null
version bigint not null
list_version_pkey PRIMARY KEY (list)
grant delete, insert, select, update to anyuan_gate

-- gate.outbox
position bigint not null identity
id uuid not null
entity text not null
type text not null
data json not null
at timestamp with time zone not null
published_at timestamp with time zone
outbox_id_key UNIQUE (id)
outbox_pkey PRIMARY KEY ("position")
CREATE INDEX outbox_published ON gate.outbox USING btree (published_at) WHERE (published_at IS NOT NULL)
CREATE INDEX outbox_waiting ON gate.outbox USING btree ("position") WHERE (published_at IS NULL)
grant delete, insert, select, update to anyuan_gate

-- gate.sign_outs
command uuid not null
visit uuid not null
gate text not null
guard_id text not null
guard_name text not null
at timestamp with time zone not null
offline boolean not null
received_at timestamp with time zone not null
sign_outs_pkey PRIMARY KEY (command)
CREATE INDEX sign_outs_visit ON gate.sign_outs USING btree (visit)
grant insert, select to anyuan_gate

-- gate.staff
id text not null
name text not null
role text not null
department text not null
title text not null
pinyin text not null
initials text not null
phone text
host boolean not null
card_hash text
pin text
may_stand_down boolean not null
staff_card_hash_key UNIQUE (card_hash)
staff_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_gate

-- gate.visitors
id uuid not null
document text not null
name text not null
sex text not null
birth_date date
id_number bytea
id_hash text
id_last4 text
phone bytea
visitors_id_hash_key UNIQUE (id_hash)
visitors_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_gate

-- gate.visits
id uuid not null
number text not null
visitor uuid not null
status text not null
reason text
note text
host json
security json
refusal text
items json not null
gate text not null
guard_id text not null
guard_name text not null
admitted_at timestamp with time zone not null
left_at timestamp with time zone
offline boolean not null
received_at timestamp with time zone not null
visits_pkey PRIMARY KEY (id)
visits_status_check CHECK ((status = ANY (ARRAY['onSite'::text, 'left'::text, 'refused'::text])))
visits_visitor_fkey FOREIGN KEY (visitor) REFERENCES gate.visitors(id)
CREATE INDEX visits_admitted ON gate.visits USING btree (admitted_at)
CREATE INDEX visits_on_site ON gate.visits USING btree (admitted_at) WHERE (status = 'onSite'::text)
CREATE INDEX visits_visitor ON gate.visits USING btree (visitor, admitted_at)
grant delete, insert, select, update to anyuan_gate

-- identity.account
id text not null
account_id text not null
provider_id text not null
user_id text not null
access_token text
refresh_token text
id_token text
access_token_expires_at timestamp with time zone
refresh_token_expires_at timestamp with time zone
scope text
password text
created_at timestamp with time zone not null default CURRENT_TIMESTAMP
updated_at timestamp with time zone not null
account_pkey PRIMARY KEY (id)
account_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id) ON DELETE CASCADE
CREATE INDEX account_user ON identity.account USING btree (user_id)
grant delete, insert, select, update to anyuan_identity

-- identity.session
id text not null
expires_at timestamp with time zone not null
token text not null
created_at timestamp with time zone not null default CURRENT_TIMESTAMP
updated_at timestamp with time zone not null
ip_address text
user_agent text
user_id text not null
session_pkey PRIMARY KEY (id)
session_token_key UNIQUE (token)
session_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity."user"(id) ON DELETE CASCADE
CREATE INDEX session_user_id ON identity.session USING btree (user_id)
grant delete, insert, select, update to anyuan_identity

-- identity.user
id text not null
name text not null
email text not null
email_verified boolean not null
image text
created_at timestamp with time zone not null default CURRENT_TIMESTAMP
updated_at timestamp with time zone not null default CURRENT_TIMESTAMP
username text
display_username text
role text not null
person text
user_email_key UNIQUE (email)
user_pkey PRIMARY KEY (id)
user_role_check CHECK ((role = ANY (ARRAY['guard'::text, 'teacher'::text, 'administrator'::text, 'principal'::text])))
user_username_key UNIQUE (username)
grant delete, insert, select, update to anyuan_identity

-- identity.verification
id text not null
identifier text not null
value text not null
expires_at timestamp with time zone not null
created_at timestamp with time zone not null default CURRENT_TIMESTAMP
updated_at timestamp with time zone not null default CURRENT_TIMESTAMP
verification_pkey PRIMARY KEY (id)
CREATE INDEX verification_identifier ON identity.verification USING btree (identifier)
grant delete, insert, select, update to anyuan_identity

-- ledger.outbox
position bigint not null identity
id uuid not null
entity text not null
type text not null
data json not null
at timestamp with time zone not null
published_at timestamp with time zone
outbox_id_key UNIQUE (id)
outbox_pkey PRIMARY KEY ("position")
CREATE INDEX outbox_published ON ledger.outbox USING btree (published_at) WHERE (published_at IS NOT NULL)
CREATE INDEX outbox_waiting ON ledger.outbox USING btree ("position") WHERE (published_at IS NULL)
grant delete, insert, select, update to anyuan_ledger

-- pickup.bars
guardian text not null
child text not null
bars_child_fkey FOREIGN KEY (child) REFERENCES pickup.children(id) ON DELETE CASCADE
bars_guardian_fkey FOREIGN KEY (guardian) REFERENCES pickup.guardians(id) ON DELETE CASCADE
bars_pkey PRIMARY KEY (guardian, child)
grant delete, insert, select, update to anyuan_pickup

-- pickup.card_changes
id uuid not null
card uuid not null
at timestamp with time zone not null
status text not null
actor_id text not null
actor_name text not null
card_changes_card_fkey FOREIGN KEY (card) REFERENCES pickup.cards(id)
card_changes_pkey PRIMARY KEY (id)
grant insert, select to anyuan_pickup

-- pickup.cards
id uuid not null
hash text not null
last4 text not null
guardian text not null
status text not null
lost_at timestamp with time zone
lost_by text
cards_guardian_fkey FOREIGN KEY (guardian) REFERENCES pickup.guardians(id) DEFERRABLE INITIALLY DEFERRED
cards_hash_key UNIQUE (hash)
cards_pkey PRIMARY KEY (id)
cards_status_check CHECK ((status = ANY (ARRAY['active'::text, 'lost'::text, 'expired'::text])))
CREATE INDEX cards_guardian ON pickup.cards USING btree (guardian)
grant delete, insert, select, update to anyuan_pickup

-- pickup.children
id text not null
name text not null
class_name text not null
teacher_id text not null
teacher_name text not null
children_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_pickup

-- pickup.guardians
id text not null
name text not null
relation text not null
sex text not null
id_hash text
guardians_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_pickup

-- pickup.hand_overs
id uuid not null
verdict uuid not null
child text not null
child_name text not null
class_name text not null
guardian text not null
guardian_name text not null
relation text not null
card_last4 text not null
by_eye boolean not null
gate text not null
guard_id text not null
guard_name text not null
at timestamp with time zone not null
day date not null
offline boolean not null
conflict_with uuid
received_at timestamp with time zone not null
hand_overs_conflict_with_fkey FOREIGN KEY (conflict_with) REFERENCES pickup.hand_overs(id)
hand_overs_pkey PRIMARY KEY (id)
CREATE INDEX hand_overs_day ON pickup.hand_overs USING btree (day, child)
CREATE UNIQUE INDEX hand_overs_standing ON pickup.hand_overs USING btree (day, child) WHERE (conflict_with IS NULL)
grant insert, select to anyuan_pickup

-- pickup.list_version
list text not null
version bigint not null
list_version_pkey PRIMARY KEY (list)
grant delete, insert, select, update to anyuan_pickup

-- pickup.outbox
position bigint not null identity
id uuid not null
entity text not null
type text not null
data json not null
at timestamp with time zone not null
published_at timestamp with time zone
outbox_id_key UNIQUE (id)
outbox_pkey PRIMARY KEY ("position")
CREATE INDEX outbox_published ON pickup.outbox USING btree (published_at) WHERE (published_at IS NOT NULL)
CREATE INDEX outbox_waiting ON pickup.outbox USING btree ("position") WHERE (published_at IS NULL)
grant delete, insert, select, update to anyuan_pickup

-- pickup.refusals
id uuid not null
reason text not null
guardian text
guardian_name text
relation text
children json not null
card_last4 text
gate text not null
guard_id text not null
guard_name text not null
at timestamp with time zone not null
offline boolean not null
received_at timestamp with time zone not null
refusals_pkey PRIMARY KEY (id)
CREATE INDEX refusals_at ON pickup.refusals USING btree (at)
grant insert, select to anyuan_pickup

-- pickup.rules
guardian text not null
child text not null
days smallint[] not null
from_time text not null
to_time text not null
valid_from date
valid_to date
rules_child_fkey FOREIGN KEY (child) REFERENCES pickup.children(id) ON DELETE CASCADE
rules_guardian_fkey FOREIGN KEY (guardian) REFERENCES pickup.guardians(id) ON DELETE CASCADE
CREATE INDEX rules_guardian ON pickup.rules USING btree (guardian)
grant delete, insert, select, update to anyuan_pickup

-- training.outbox
position bigint not null identity
id uuid not null
entity text not null
type text not null
data json not null
at timestamp with time zone not null
published_at timestamp with time zone
outbox_id_key UNIQUE (id)
outbox_pkey PRIMARY KEY ("position")
CREATE INDEX outbox_published ON training.outbox USING btree (published_at) WHERE (published_at IS NOT NULL)
CREATE INDEX outbox_waiting ON training.outbox USING btree ("position") WHERE (published_at IS NULL)
grant delete, insert, select, update to anyuan_training
