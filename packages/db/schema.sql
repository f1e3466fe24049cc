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

-- drills.classes
id text not null
name text not null
grade smallint not null
teacher_id text not null
teacher_name text not null
classes_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_drills

-- drills.confirmed_spans
from_date date not null
to_date date not null
actor json not null
at timestamp with time zone not null
confirmed_spans_check CHECK ((from_date <= to_date))
confirmed_spans_pkey PRIMARY KEY (from_date, to_date)
grant delete, insert, select, update to anyuan_drills

-- drills.drill_classes
drill uuid not null
class text not null
name text not null
teacher_id text not null
teacher_name text not null
place text not null
drill_classes_drill_fkey FOREIGN KEY (drill) REFERENCES drills.drills(id)
drill_classes_pkey PRIMARY KEY (drill, class)
grant insert, select to anyuan_drills

-- drills.drill_pupils
drill uuid not null
pupil text not null
class text not null
number smallint not null
name text not null
drill_pupils_drill_class_fkey FOREIGN KEY (drill, class) REFERENCES drills.drill_classes(drill, class)
drill_pupils_pkey PRIMARY KEY (drill, pupil)
grant insert, select to anyuan_drills

-- drills.drills
id uuid not null
term uuid not null
kind text not null
date date not null
time text not null
announced boolean not null
target_seconds integer not null
lead json not null
observers json not null
verifies uuid[] not null
status text not null
mode text not null
plan_version uuid
incident uuid
alarm_heard_at timestamp with time zone
started_at timestamp with time zone
ended_at timestamp with time zone
end_note text
cancel_reason text
result json
drills_incident_key UNIQUE (incident)
drills_mode_check CHECK ((mode = ANY (ARRAY['exercise'::text, 'test'::text])))
drills_pkey PRIMARY KEY (id)
drills_plan_version_fkey FOREIGN KEY (plan_version) REFERENCES drills.plan_versions(id)
drills_status_check CHECK ((status = ANY (ARRAY['planned'::text, 'running'::text, 'ended'::text, 'cancelled'::text])))
drills_term_fkey FOREIGN KEY (term) REFERENCES drills.terms(id)
CREATE INDEX drills_term ON drills.drills USING btree (term, date)
grant delete, insert, select, update to anyuan_drills

-- drills.exams
id uuid not null
term uuid not null
name text not null
from_date date not null
to_date date not null
exams_check CHECK ((from_date <= to_date))
exams_pkey PRIMARY KEY (id)
exams_term_fkey FOREIGN KEY (term) REFERENCES drills.terms(id)
grant delete, insert, select, update to anyuan_drills

-- drills.facts
one boolean not null default true
facts json not null
facts_one_check CHECK (one)
facts_pkey PRIMARY KEY (one)
grant delete, insert, select, update to anyuan_drills

-- drills.feeds
hash text not null
person_id text not null
planner boolean not null
at timestamp with time zone not null
feeds_pkey PRIMARY KEY (hash)
grant delete, insert, select, update to anyuan_drills

-- drills.findings
id uuid not null
drill uuid not null
what text not null
place text not null
actor json not null
at timestamp with time zone not null
dismissed text
findings_drill_fkey FOREIGN KEY (drill) REFERENCES drills.drills(id)
findings_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_drills

-- drills.hazard_links
hazard uuid not null
finding uuid not null
number text not null
status text not null
owner_name text
deadline date
recorded_at timestamp with time zone not null
fixed_at timestamp with time zone
fixed_by text
verified_at timestamp with time zone
hazard_links_pkey PRIMARY KEY (hazard)
CREATE INDEX hazard_links_finding ON drills.hazard_links USING btree (finding)
grant delete, insert, select, update to anyuan_drills

-- drills.history
position bigint not null identity
drill uuid not null
at timestamp with time zone not null
actor json not null
type text not null
detail json not null
history_drill_fkey FOREIGN KEY (drill) REFERENCES drills.drills(id)
history_pkey PRIMARY KEY ("position")
CREATE INDEX history_drill ON drills.history USING btree (drill, "position")
grant insert, select to anyuan_drills

-- drills.missed
day date not null
round uuid not null
point uuid not null
flagged_at timestamp with time zone not null
missed_pkey PRIMARY KEY (day, round, point)
grant insert, select to anyuan_drills

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

-- drills.own_days
date date not null
kind text not null
name text not null
own_days_kind_check CHECK ((kind = ANY (ARRAY['schoolDay'::text, 'holiday'::text])))
own_days_pkey PRIMARY KEY (date)
grant delete, insert, select, update to anyuan_drills

-- drills.own_rules
id uuid not null
body json not null
actor json not null
at timestamp with time zone not null
own_rules_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_drills

-- drills.photos
id uuid not null
finding uuid not null
type text not null
bytes bytea not null
actor json not null
at timestamp with time zone not null
photos_finding_fkey FOREIGN KEY (finding) REFERENCES drills.findings(id)
photos_pkey PRIMARY KEY (id)
photos_type_check CHECK ((type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text])))
grant insert, select to anyuan_drills

-- drills.place_changes
position bigint not null identity
place uuid not null
kind text not null
body json
actor json not null
at timestamp with time zone not null
place_changes_kind_check CHECK ((kind = ANY (ARRAY['post'::text, 'route'::text])))
place_changes_pkey PRIMARY KEY ("position")
CREATE INDEX place_changes_place ON drills.place_changes USING btree (place, at)
grant insert, select to anyuan_drills

-- drills.plan_reads
version uuid not null
person_id text not null
person_name text not null
at timestamp with time zone not null
plan_reads_pkey PRIMARY KEY (version, person_id)
plan_reads_version_fkey FOREIGN KEY (version) REFERENCES drills.plan_versions(id)
grant insert, select to anyuan_drills

-- drills.plan_versions
id uuid not null
plan uuid not null
number smallint not null
status text not null
body json not null
why text not null
findings uuid[] not null
drafted_by json not null
drafted_at timestamp with time zone not null
approved_by json
approved_at timestamp with time zone
drafters text[] not null
plan_versions_check CHECK (((status = 'approved'::text) = (approved_by IS NOT NULL)))
plan_versions_check1 CHECK (((status = 'approved'::text) = (approved_at IS NOT NULL)))
plan_versions_pkey PRIMARY KEY (id)
plan_versions_plan_fkey FOREIGN KEY (plan) REFERENCES drills.plans(id)
plan_versions_plan_number_key UNIQUE (plan, number)
plan_versions_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'approved'::text])))
CREATE UNIQUE INDEX plan_versions_draft ON drills.plan_versions USING btree (plan) WHERE (status = 'draft'::text)
grant insert, select, update to anyuan_drills

-- drills.plans
id uuid not null
kind text not null
level text not null
title text not null
plans_pkey PRIMARY KEY (id)
grant insert, select, update to anyuan_drills

-- drills.posts
id uuid not null
body json not null
code_hash text not null
retired_at timestamp with time zone
posts_pkey PRIMARY KEY (id)
CREATE UNIQUE INDEX posts_code ON drills.posts USING btree (code_hash) WHERE (retired_at IS NULL)
grant delete, insert, select, update to anyuan_drills

-- drills.pupils
id text not null
class text not null
number smallint not null
name text not null
pupils_class_fkey FOREIGN KEY (class) REFERENCES drills.classes(id) ON DELETE CASCADE
pupils_class_number_key UNIQUE (class, number)
pupils_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_drills

-- drills.readers
id text not null
name text not null
readers_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_drills

-- drills.reminders
drill uuid not null
date date not null
at timestamp with time zone not null
reminders_drill_fkey FOREIGN KEY (drill) REFERENCES drills.drills(id)
reminders_pkey PRIMARY KEY (drill, date)
grant insert, select to anyuan_drills

-- drills.roll_marks
id uuid not null
drill uuid not null
pupil text not null
state text not null
at timestamp with time zone not null
claimed_at timestamp with time zone not null
received_at timestamp with time zone not null
actor json not null
note text not null
roll_marks_drill_pupil_fkey FOREIGN KEY (drill, pupil) REFERENCES drills.drill_pupils(drill, pupil)
roll_marks_pkey PRIMARY KEY (id)
roll_marks_state_check CHECK ((state = ANY (ARRAY['present'::text, 'missing'::text, 'elsewhere'::text])))
CREATE INDEX roll_marks_latest ON drills.roll_marks USING btree (drill, pupil, at DESC, id DESC)
grant insert, select to anyuan_drills

-- drills.roll_reports
id uuid not null
drill uuid not null
class text not null
at timestamp with time zone not null
received_at timestamp with time zone not null
actor json not null
roll_reports_drill_class_fkey FOREIGN KEY (drill, class) REFERENCES drills.drill_classes(drill, class)
roll_reports_pkey PRIMARY KEY (id)
CREATE INDEX roll_reports_class ON drills.roll_reports USING btree (drill, class, at)
grant insert, select to anyuan_drills

-- drills.route_points
id uuid not null
route uuid not null
code_hash text not null
route_points_code_hash_key UNIQUE (code_hash)
route_points_pkey PRIMARY KEY (id)
route_points_route_fkey FOREIGN KEY (route) REFERENCES drills.routes(id)
grant delete, insert, select, update to anyuan_drills

-- drills.routes
id uuid not null
body json not null
retired_at timestamp with time zone
routes_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_drills

-- drills.rule_changes
position bigint not null identity
rule text not null
enabled boolean not null
reason text not null
actor json not null
at timestamp with time zone not null
rule_changes_pkey PRIMARY KEY ("position")
grant insert, select to anyuan_drills

-- drills.sign_ins
id uuid not null
day date not null
post uuid
round uuid
point uuid
route uuid
at timestamp with time zone not null
claimed_at timestamp with time zone not null
received_at timestamp with time zone not null
via text not null
person json not null
actor json not null
outcome json not null
forgotten json
sign_ins_pkey PRIMARY KEY (id)
sign_ins_post_fkey FOREIGN KEY (post) REFERENCES drills.posts(id)
sign_ins_route_fkey FOREIGN KEY (route) REFERENCES drills.routes(id)
CREATE INDEX sign_ins_day ON drills.sign_ins USING btree (day)
grant insert, select to anyuan_drills

-- drills.skills
id uuid not null
drill uuid not null
person_id text not null
person_name text not null
skill text not null
seconds integer
at timestamp with time zone not null
source text not null
skills_drill_fkey FOREIGN KEY (drill) REFERENCES drills.drills(id)
skills_drill_person_id_skill_key UNIQUE (drill, person_id, skill)
skills_pkey PRIMARY KEY (id)
grant insert, select to anyuan_drills

-- drills.terms
id uuid not null
name text not null
from_date date not null
to_date date not null
terms_check CHECK ((from_date < to_date))
terms_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_drills

-- gate.access_log
id uuid not null
at timestamp with time zone not null
visit uuid
actor_id text not null
actor_name text not null
purpose text not null
kind text not null default 'idNumber'::text
visitor uuid
detail text not null default ''::text
access_log_pkey PRIMARY KEY (id)
CREATE INDEX access_log_at ON gate.access_log USING btree (at)
grant insert, select to anyuan_gate

-- gate.booking_log
id uuid not null
booking uuid not null
at timestamp with time zone not null
type text not null
actor_id text
actor_name text
reason text not null
booking_log_pkey PRIMARY KEY (id)
CREATE INDEX booking_log_booking ON gate.booking_log USING btree (booking, id)
grant insert, select to anyuan_gate

-- gate.booking_uses
visit uuid not null
booking uuid not null
gate text not null
at timestamp with time zone not null
offline boolean not null
doubt text
received_at timestamp with time zone not null
booking_uses_pkey PRIMARY KEY (visit)
CREATE INDEX booking_uses_booking ON gate.booking_uses USING btree (booking, at)
CREATE INDEX booking_uses_received ON gate.booking_uses USING btree (received_at)
grant insert, select to anyuan_gate

-- gate.bookings
id uuid not null
request uuid
state text not null
revision integer not null
source text not null
name text not null
initials text not null
type text not null
reason text not null
note text not null
host json
host_id text
wanted json
starts timestamp with time zone not null
ends timestamp with time zone not null
party integer not null
phone bytea
phone_last4 text
plate text
created_at timestamp with time zone not null
decided_at timestamp with time zone
decided_by json
closing text not null
bookings_check CHECK ((ends > starts))
bookings_check1 CHECK (((state <> 'approved'::text) OR ((host_id IS NOT NULL) AND (decided_by IS NOT NULL))))
bookings_party_check CHECK (((party >= 1) AND (party <= 99)))
bookings_pkey PRIMARY KEY (id)
bookings_request_key UNIQUE (request)
bookings_source_check CHECK ((source = ANY (ARRAY['host'::text, 'visitor'::text])))
bookings_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'declined'::text, 'cancelled'::text])))
CREATE INDEX bookings_host ON gate.bookings USING btree (host_id, starts)
CREATE INDEX bookings_starts ON gate.bookings USING btree (starts)
CREATE INDEX bookings_waiting ON gate.bookings USING btree (created_at) WHERE (state = 'waiting'::text)
grant delete, insert, select, update to anyuan_gate

-- gate.closed_points
command uuid not null
checks uuid not null
check_kind text not null
note text not null
by json not null
at timestamp with time zone not null
closed_points_pkey PRIMARY KEY (command)
CREATE INDEX closed_points_checks ON gate.closed_points USING btree (checks)
grant insert, select to anyuan_gate

-- gate.confirm_policy
school boolean not null default true
wait_seconds integer not null
duty_leader text
closing text not null
confirm_policy_pkey PRIMARY KEY (school)
confirm_policy_school_check CHECK (school)
grant delete, insert, select, update to anyuan_gate

-- gate.contradiction_answers
contradiction uuid not null
command uuid not null
how text not null
by_id text
by_name text
note text not null
at timestamp with time zone not null
contradiction_answers_command_key UNIQUE (command)
contradiction_answers_contradiction_fkey FOREIGN KEY (contradiction) REFERENCES gate.contradictions(id)
contradiction_answers_how_check CHECK ((how = ANY (ARRAY['first'::text, 'second'::text, 'both'::text, 'neither'::text, 'later'::text])))
contradiction_answers_pkey PRIMARY KEY (contradiction)
grant insert, select to anyuan_gate

-- gate.contradiction_looks
school boolean not null default true
until timestamp with time zone not null
contradiction_looks_pkey PRIMARY KEY (school)
contradiction_looks_school_check CHECK (school)
grant delete, insert, select, update to anyuan_gate

-- gate.contradictions
id uuid not null
key text not null
kind text not null
visit uuid
permit uuid
pass uuid
sides json not null
found_at timestamp with time zone not null
contradictions_key_key UNIQUE (key)
contradictions_pkey PRIMARY KEY (id)
CREATE INDEX contradictions_visit ON gate.contradictions USING btree (visit)
grant insert, select to anyuan_gate

-- gate.cover_policy
school boolean not null default true
grace_minutes integer not null
cover_policy_grace_minutes_check CHECK (((grace_minutes >= 1) AND (grace_minutes <= 240)))
cover_policy_pkey PRIMARY KEY (school)
cover_policy_school_check CHECK (school)
grant delete, insert, select, update to anyuan_gate

-- gate.cover_rules
gate text not null
name text not null
always boolean not null default true
cover_rules_pkey PRIMARY KEY (gate)
grant delete, insert, select, update to anyuan_gate

-- gate.deletions
seq integer not null
at timestamp with time zone not null
class text not null
count integer not null
from_date date not null
to_date date not null
why text not null
days integer not null
digest text not null
previous text not null
hash text not null
deletions_count_check CHECK ((count > 0))
deletions_hash_key UNIQUE (hash)
deletions_pkey PRIMARY KEY (seq)
deletions_previous_key UNIQUE (previous)
grant insert, select to anyuan_gate

-- gate.deputies
host text not null
deputy text not null
deputies_pkey PRIMARY KEY (host)
grant delete, insert, select, update to anyuan_gate

-- gate.duty_changes
command uuid not null
date date not null
duty_window text not null
role text not null
people json not null
by json not null
at timestamp with time zone not null
duty_changes_pkey PRIMARY KEY (command)
grant insert, select to anyuan_gate

-- gate.duty_notes
id uuid not null
gate text not null
date date not null
text text not null
by json not null
at timestamp with time zone not null
duty_notes_pkey PRIMARY KEY (id)
CREATE INDEX duty_notes_date ON gate.duty_notes USING btree (date, gate)
grant insert, select to anyuan_gate

-- gate.duty_people
date date not null
duty_window text not null
role text not null
people json not null
duty_people_duty_window_check CHECK ((duty_window = ANY (ARRAY['arrival'::text, 'dismissal'::text, 'day'::text])))
duty_people_pkey PRIMARY KEY (date, duty_window, role)
duty_people_role_check CHECK ((role = ANY (ARRAY['leader'::text, 'teacher'::text])))
grant delete, insert, select, update to anyuan_gate

-- gate.erasures
command uuid not null
at timestamp with time zone not null
erasures_pkey PRIMARY KEY (command)
grant insert, select to anyuan_gate

-- gate.facilities
id uuid not null
gate text not null
kind text not null
place text not null
count integer not null
distance_m integer not null
every_months integer not null
recorded_at timestamp with time zone not null
retired_at timestamp with time zone
facilities_count_check CHECK ((count > 0))
facilities_distance_m_check CHECK (((distance_m >= 0) AND (distance_m <= 50)))
facilities_every_months_check CHECK (((every_months >= 1) AND (every_months <= 24)))
facilities_kind_check CHECK ((kind = ANY (ARRAY['barrier'::text, 'bollards'::text, 'speedBump'::text, 'waitingArea'::text, 'sign'::text])))
facilities_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_gate

-- gate.facility_changes
id uuid not null
facility uuid not null
type text not null
data json not null
by json not null
at timestamp with time zone not null
facility_changes_facility_fkey FOREIGN KEY (facility) REFERENCES gate.facilities(id)
facility_changes_pkey PRIMARY KEY (id)
grant insert, select to anyuan_gate

-- gate.facility_looks
id uuid not null
facility uuid not null
condition text not null
note text not null
hazard uuid
by json not null
at timestamp with time zone not null
facility_looks_condition_check CHECK ((condition = ANY (ARRAY['ok'::text, 'damaged'::text, 'missing'::text])))
facility_looks_facility_fkey FOREIGN KEY (facility) REFERENCES gate.facilities(id)
facility_looks_pkey PRIMARY KEY (id)
CREATE INDEX facility_looks_facility ON gate.facility_looks USING btree (facility, at)
grant insert, select to anyuan_gate

-- gate.facility_photos
id uuid not null
facility uuid not null
type text not null
bytes bytea not null
by json not null
at timestamp with time zone not null
facility_photos_bytes_check CHECK ((octet_length(bytes) <= 307200))
facility_photos_facility_fkey FOREIGN KEY (facility) REFERENCES gate.facilities(id)
facility_photos_pkey PRIMARY KEY (id)
facility_photos_type_check CHECK ((type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text])))
CREATE INDEX facility_photos_facility ON gate.facility_photos USING btree (facility, at)
grant insert, select to anyuan_gate

-- gate.goods_deliveries
id uuid not null
supplier text not null
goods text not null
plate text
date date not null
from_time text not null
to_time text not null
cancelled_at timestamp with time zone
by_id text not null
by_name text not null
planned_at timestamp with time zone not null
goods_deliveries_pkey PRIMARY KEY (id)
CREATE INDEX goods_deliveries_date ON gate.goods_deliveries USING btree (date)
grant delete, insert, select, update to anyuan_gate

-- gate.heard_incidents
incident uuid not null
kind text not null
mode text not null
gate text
at timestamp with time zone not null
heard_incidents_pkey PRIMARY KEY (incident)
CREATE INDEX heard_incidents_at ON gate.heard_incidents USING btree (at)
grant delete, insert, select, update to anyuan_gate

-- gate.host_questions
id uuid not null
gate text not null
visitor json not null
reason text not null
host json not null
guard_id text not null
guard_name text not null
asked_at timestamp with time zone not null
asked json not null
state text not null
answer json
answer_command uuid
next_at timestamp with time zone
host_questions_pkey PRIMARY KEY (id)
host_questions_state_check CHECK ((state = ANY (ARRAY['open'::text, 'yes'::text, 'coming'::text, 'no'::text, 'withdrawn'::text])))
CREATE INDEX host_questions_asked ON gate.host_questions USING btree (asked_at)
CREATE INDEX host_questions_next ON gate.host_questions USING btree (next_at) WHERE (state = 'open'::text)
grant delete, insert, select, update to anyuan_gate

-- gate.item_returns
command uuid not null
visit uuid not null
outcome text not null
because text
note text
gate text not null
guard_id text not null
guard_name text not null
at timestamp with time zone not null
offline boolean not null
received_at timestamp with time zone not null
item_returns_outcome_check CHECK ((outcome = ANY (ARRAY['given'::text, 'passedOn'::text, 'notGiven'::text])))
item_returns_pkey PRIMARY KEY (command)
CREATE INDEX item_returns_received ON gate.item_returns USING btree (received_at)
CREATE INDEX item_returns_visit ON gate.item_returns USING btree (visit, at)
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

-- gate.permit_changes
command uuid not null
permit uuid not null
act text not null
at timestamp with time zone not null
by_id text not null
by_name text not null
reason text
terms json
permit_changes_permit_fkey FOREIGN KEY (permit) REFERENCES gate.permits(id)
permit_changes_pkey PRIMARY KEY (command)
CREATE INDEX permit_changes_permit ON gate.permit_changes USING btree (permit, at)
grant insert, select to anyuan_gate

-- gate.permit_plates
plate text not null
permit uuid not null
permit_plates_permit_fkey FOREIGN KEY (permit) REFERENCES gate.permits(id)
permit_plates_pkey PRIMARY KEY (plate)
CREATE INDEX permit_plates_permit ON gate.permit_plates USING btree (permit)
grant delete, insert, select, update to anyuan_gate

-- gate.permit_taps
tap uuid not null
permit uuid
outcome text not null
refusal text
card_last4 text
card_hash text
gate text not null
guard_id text not null
guard_name text not null
at timestamp with time zone not null
offline boolean not null
list_as_of timestamp with time zone
received_at timestamp with time zone not null
forgotten json
permit_taps_pkey PRIMARY KEY (tap)
CREATE INDEX permit_taps_forgotten ON gate.permit_taps USING btree (gate, at) WHERE (forgotten IS NOT NULL)
CREATE INDEX permit_taps_permit ON gate.permit_taps USING btree (permit, at)
CREATE INDEX permit_taps_received ON gate.permit_taps USING btree (received_at)
CREATE INDEX permit_taps_strange ON gate.permit_taps USING btree (received_at) WHERE (card_hash IS NOT NULL)
grant insert, select to anyuan_gate

-- gate.permits
id uuid not null
kind text not null
name text not null
firm text not null
card_hash text
card_last4 text
valid_from date not null
valid_to date not null
days integer[] not null
from_time text not null
to_time text not null
gates text[] not null
suspended_at timestamp with time zone
suspended_reason text
changed_at timestamp with time zone not null
changed_by_id text not null
changed_by_name text not null
permits_card_hash_key UNIQUE (card_hash)
permits_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_gate

-- gate.retention_days
day date not null
at timestamp with time zone not null
retention_days_pkey PRIMARY KEY (day)
grant delete, insert, select, update to anyuan_gate

-- gate.retention_rules
command uuid not null
days integer not null
actor_id text not null
actor_name text not null
at timestamp with time zone not null
retention_rules_days_check CHECK (((days >= 30) AND (days <= 1095)))
retention_rules_pkey PRIMARY KEY (command)
grant insert, select to anyuan_gate

-- gate.roster
id uuid not null
gate text not null
gate_name text not null
date date not null
from_time text not null
to_time text not null
kind text not null
guards json not null
removed boolean not null
told_at timestamp with time zone not null
roster_pkey PRIMARY KEY (id)
CREATE INDEX roster_date ON gate.roster USING btree (date)
grant delete, insert, select, update to anyuan_gate

-- gate.search_keys
key text not null
visitor uuid not null
search_keys_pkey PRIMARY KEY (key, visitor)
CREATE INDEX search_keys_visitor ON gate.search_keys USING btree (visitor)
grant delete, insert, select, update to anyuan_gate

-- gate.shift_begins
shift uuid not null
planned uuid
reason text
proof text not null
gate text not null
guard_id text not null
guard_name text not null
at timestamp with time zone not null
offline boolean not null
received_at timestamp with time zone not null
shift_begins_pkey PRIMARY KEY (shift)
shift_begins_proof_check CHECK ((proof = ANY (ARRAY['pin'::text, 'cardAndPin'::text, 'demo'::text])))
CREATE INDEX shift_begins_at ON gate.shift_begins USING btree (gate, at)
grant insert, select to anyuan_gate

-- gate.shift_checks
id uuid not null
shift uuid not null
checks json not null
gate text not null
guard_id text not null
guard_name text not null
at timestamp with time zone not null
offline boolean not null
received_at timestamp with time zone not null
shift_checks_pkey PRIMARY KEY (id)
CREATE INDEX shift_checks_at ON gate.shift_checks USING btree (gate, at)
CREATE INDEX shift_checks_shift ON gate.shift_checks USING btree (shift)
grant insert, select to anyuan_gate

-- gate.shift_ends
id uuid not null
shift uuid not null
how text not null
incoming json
next uuid
notes json not null
shown json not null
hash text not null
gate text not null
guard_id text not null
guard_name text not null
at timestamp with time zone not null
offline boolean not null
received_at timestamp with time zone not null
shift_ends_how_check CHECK ((how = ANY (ARRAY['handedOver'::text, 'notRelieved'::text])))
shift_ends_pkey PRIMARY KEY (id)
shift_ends_shift_key UNIQUE (shift)
grant insert, select to anyuan_gate

-- gate.sign_outs
command uuid not null
visit uuid not null
gate text not null
guard_id text not null
guard_name text not null
at timestamp with time zone not null
offline boolean not null
received_at timestamp with time zone not null
kind text not null default 'left'::text
count integer
sign_outs_kind_check CHECK ((kind = ANY (ARRAY['left'::text, 'undone'::text])))
sign_outs_pkey PRIMARY KEY (command)
CREATE INDEX sign_outs_received ON gate.sign_outs USING btree (received_at)
CREATE INDEX sign_outs_visit ON gate.sign_outs USING btree (visit)
grant insert, select to anyuan_gate

-- gate.site_roll_marks
id uuid not null
roll uuid not null
visit uuid not null
state text not null
actor_id text not null
actor_name text not null
at timestamp with time zone not null
received_at timestamp with time zone not null
site_roll_marks_pkey PRIMARY KEY (id)
site_roll_marks_roll_fkey FOREIGN KEY (roll) REFERENCES gate.site_rolls(id)
site_roll_marks_state_check CHECK ((state = ANY (ARRAY['present'::text, 'missing'::text])))
CREATE INDEX site_roll_marks_roll ON gate.site_roll_marks USING btree (roll, visit)
CREATE INDEX site_roll_marks_visit ON gate.site_roll_marks USING btree (visit)
grant insert, select to anyuan_gate

-- gate.site_rolls
id uuid not null
opened_at timestamp with time zone not null
opened_by json not null
incident uuid
closed_at timestamp with time zone
closed_by json
tally json
site_rolls_pkey PRIMARY KEY (id)
CREATE INDEX site_rolls_opened ON gate.site_rolls USING btree (opened_at)
grant delete, insert, select, update to anyuan_gate

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

-- gate.staff_pins
person text not null
pin text not null
set_by json not null
set_at timestamp with time zone not null
staff_pins_pkey PRIMARY KEY (person)
grant delete, insert, select, update to anyuan_gate

-- gate.vehicle_passes
pass uuid not null
plate text not null
outcome text not null
kind text not null
permit uuid
visit uuid
delivery uuid
doubt text
reason text
gate text not null
guard_id text not null
guard_name text not null
at timestamp with time zone not null
offline boolean not null
list_as_of timestamp with time zone
received_at timestamp with time zone not null
vehicle_passes_outcome_check CHECK ((outcome = ANY (ARRAY['in'::text, 'out'::text, 'refused'::text])))
vehicle_passes_pkey PRIMARY KEY (pass)
CREATE INDEX vehicle_passes_at ON gate.vehicle_passes USING btree (at)
CREATE INDEX vehicle_passes_delivery ON gate.vehicle_passes USING btree (delivery) WHERE (delivery IS NOT NULL)
CREATE INDEX vehicle_passes_plate ON gate.vehicle_passes USING btree (plate, at, pass)
CREATE INDEX vehicle_passes_received ON gate.vehicle_passes USING btree (received_at)
CREATE INDEX vehicle_passes_visit ON gate.vehicle_passes USING btree (visit) WHERE (visit IS NOT NULL)
grant insert, select to anyuan_gate

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
keyed boolean not null default false
visitors_id_hash_key UNIQUE (id_hash)
visitors_pkey PRIMARY KEY (id)
CREATE INDEX visitors_unkeyed ON gate.visitors USING btree (id) WHERE (NOT keyed)
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
type text not null default 'guest'::text
party json not null default '{"count":1,"names":[]}'::json
gone integer not null default 0
until timestamp with time zone
confirmation json not null default '{"how":"unrecorded"}'::json
certificate text
work text
firm text
booking uuid
plate text
overdue_told_at timestamp with time zone
visits_pkey PRIMARY KEY (id)
visits_status_check CHECK ((status = ANY (ARRAY['onSite'::text, 'left'::text, 'refused'::text, 'undone'::text])))
visits_visitor_fkey FOREIGN KEY (visitor) REFERENCES gate.visitors(id)
CREATE INDEX visits_admitted ON gate.visits USING btree (admitted_at)
CREATE INDEX visits_admitted_gate ON gate.visits USING btree (gate, admitted_at)
CREATE INDEX visits_due ON gate.visits USING btree (until) WHERE ((status = 'onSite'::text) AND (overdue_told_at IS NULL))
CREATE INDEX visits_held ON gate.visits USING btree (admitted_at) WHERE ((security ->> 'result'::text) = 'held'::text)
CREATE INDEX visits_number ON gate.visits USING btree (number COLLATE "C")
CREATE INDEX visits_on_site ON gate.visits USING btree (admitted_at) WHERE (status = 'onSite'::text)
CREATE INDEX visits_place ON gate.visits USING btree (admitted_at DESC, id DESC)
CREATE INDEX visits_received ON gate.visits USING btree (received_at)
CREATE INDEX visits_visitor ON gate.visits USING btree (visitor, admitted_at)
grant delete, insert, select, update to anyuan_gate

-- gate.watch_answers
id uuid not null
position bigint not null identity
hit uuid not null
answer text not null
by_id text not null
by_name text not null
via text not null
at timestamp with time zone not null
offline boolean not null
received_at timestamp with time zone not null
watch_answers_answer_check CHECK ((answer = ANY (ARRAY['yes'::text, 'no'::text, 'unsure'::text])))
watch_answers_hit_fkey FOREIGN KEY (hit) REFERENCES gate.watch_hits(id)
watch_answers_pkey PRIMARY KEY (id)
watch_answers_via_check CHECK ((via = ANY (ARRAY['gate'::text, 'console'::text])))
CREATE INDEX watch_answers_hit ON gate.watch_answers USING btree (hit)
grant insert, select to anyuan_gate

-- gate.watch_entries
id uuid not null
person bytea not null
id_hash text
born_hash text
year_hash text
name_hash text not null
source text not null
reason text not null
action text not null
instruction text not null
responders json not null
readers json not null
valid_from date not null
valid_until date not null
made_by_id text not null
made_by_name text not null
made_at timestamp with time zone not null
withdrawn_at timestamp with time zone
version integer not null
watch_entries_action_check CHECK ((action = ANY (ARRAY['refuse'::text, 'keepWaiting'::text, 'accompany'::text, 'observe'::text])))
watch_entries_check CHECK ((valid_until >= valid_from))
watch_entries_pkey PRIMARY KEY (id)
watch_entries_source_check CHECK ((source = ANY (ARRAY['police'::text, 'school'::text])))
grant insert, select to anyuan_gate

-- gate.watch_history
id uuid not null
position bigint not null identity
entry uuid not null
at timestamp with time zone not null
by_id text not null
by_name text not null
type text not null
why text not null
fields json not null
before bytea
watch_history_entry_fkey FOREIGN KEY (entry) REFERENCES gate.watch_entries(id)
watch_history_pkey PRIMARY KEY (id)
watch_history_type_check CHECK ((type = ANY (ARRAY['made'::text, 'changed'::text, 'extended'::text, 'withdrawn'::text])))
CREATE INDEX watch_history_entry ON gate.watch_history USING btree (entry)
grant insert, select to anyuan_gate

-- gate.watch_hits
id uuid not null
entry uuid not null
match text not null
person text
shown text not null
gate text not null
guard_id text not null
guard_name text not null
at timestamp with time zone not null
list_as_of timestamp with time zone not null
offline boolean not null
received_at timestamp with time zone not null
watch_hits_entry_fkey FOREIGN KEY (entry) REFERENCES gate.watch_entries(id)
watch_hits_pkey PRIMARY KEY (id)
CREATE INDEX watch_hits_at ON gate.watch_hits USING btree (at)
CREATE INDEX watch_hits_pair ON gate.watch_hits USING btree (entry, person)
grant insert, select to anyuan_gate

-- gate.watch_looks
id uuid not null
position bigint not null identity
at timestamp with time zone not null
by_id text not null
by_name text not null
what text not null
entry uuid
watch_looks_pkey PRIMARY KEY (id)
watch_looks_what_check CHECK ((what = ANY (ARRAY['listed'::text, 'opened'::text, 'refused'::text])))
grant insert, select to anyuan_gate

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

-- ledger.channels
id uuid not null
kind text not null
name text not null
topics text[] not null
audience text not null
enabled boolean not null
sealed bytea
host text not null
tail text not null
saved_by json not null
saved_at timestamp with time zone not null
removed_at timestamp with time zone
failures integer not null default 0
next_at timestamp with time zone not null
held_until timestamp with time zone
last_sent_at timestamp with time zone
last_failed_at timestamp with time zone
failing_since timestamp with time zone
fault text
code text not null default ''::text
channels_audience_check CHECK ((audience = ANY (ARRAY['group'::text, 'office'::text])))
channels_check CHECK (((removed_at IS NULL) = (sealed IS NOT NULL)))
channels_kind_check CHECK ((kind = ANY (ARRAY['wecom'::text, 'dingtalk'::text, 'feishu'::text, 'email'::text, 'webhook'::text])))
channels_pkey PRIMARY KEY (id)
grant insert, select, update to anyuan_ledger

-- ledger.deliveries
id uuid not null
position bigint not null identity
channel uuid not null
source text not null
topic text not null
title text not null
text text not null
at timestamp with time zone not null
state text not null default 'waiting'::text
attempts integer not null default 0
done_at timestamp with time zone
fault text
code text not null default ''::text
together integer not null default 1
deliveries_channel_fkey FOREIGN KEY (channel) REFERENCES ledger.channels(id)
deliveries_channel_source_key UNIQUE (channel, source)
deliveries_check CHECK (((state = 'waiting'::text) = (done_at IS NULL)))
deliveries_pkey PRIMARY KEY (id)
deliveries_position_key UNIQUE ("position")
deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text])))
CREATE INDEX deliveries_at ON ledger.deliveries USING btree (at)
CREATE INDEX deliveries_waiting ON ledger.deliveries USING btree (channel, "position") WHERE (state = 'waiting'::text)
grant delete, insert, select to anyuan_ledger

-- ledger.escalations
hazard uuid not null
deadline date not null
level integer not null
at timestamp with time zone not null
escalations_hazard_fkey FOREIGN KEY (hazard) REFERENCES ledger.hazards(id)
escalations_level_check CHECK (((level >= 1) AND (level <= 3)))
escalations_pkey PRIMARY KEY (hazard, deadline, level)
grant insert, select to anyuan_ledger

-- ledger.hazards
id uuid not null
position bigint not null identity
school_year integer not null
number text not null
what text not null
place text not null
details text not null
source_kind text not null
finding uuid
drill uuid
reported_by json not null
reported_at timestamp with time zone not null
status text not null
level text
owner json
deadline date
measure text not null
stopgap text not null
fixed_at timestamp with time zone
fixed_by json
evidence text not null
verified_at timestamp with time zone
verified_by json
reason text not null
urged_at timestamp with time zone
escalated integer not null
hazards_check CHECK (((source_kind = 'finding'::text) = ((finding IS NOT NULL) AND (drill IS NOT NULL))))
hazards_check1 CHECK (((status = ANY (ARRAY['reported'::text, 'rejected'::text])) OR ((level IS NOT NULL) AND (owner IS NOT NULL) AND (deadline IS NOT NULL))))
hazards_check2 CHECK (((status <> ALL (ARRAY['fixed'::text, 'verified'::text])) OR ((fixed_at IS NOT NULL) AND (fixed_by IS NOT NULL) AND (evidence <> ''::text))))
hazards_check3 CHECK (((status <> 'verified'::text) OR ((verified_at IS NOT NULL) AND ((verified_by ->> 'id'::text) <> (fixed_by ->> 'id'::text)))))
hazards_escalated_check CHECK (((escalated >= 0) AND (escalated <= 3)))
hazards_level_check CHECK ((level = ANY (ARRAY['mendNow'::text, 'byDate'::text, 'supervised'::text])))
hazards_pkey PRIMARY KEY (id)
hazards_position_key UNIQUE ("position")
hazards_school_year_number_key UNIQUE (school_year, number)
hazards_source_kind_check CHECK ((source_kind = ANY (ARRAY['finding'::text, 'inspection'::text, 'report'::text])))
hazards_status_check CHECK ((status = ANY (ARRAY['reported'::text, 'assigned'::text, 'fixed'::text, 'verified'::text, 'reopened'::text, 'rejected'::text])))
CREATE UNIQUE INDEX hazards_finding ON ledger.hazards USING btree (finding) WHERE (status <> 'rejected'::text)
CREATE INDEX hazards_open ON ledger.hazards USING btree (deadline) WHERE (status <> ALL (ARRAY['verified'::text, 'rejected'::text]))
grant insert, select to anyuan_ledger

-- ledger.history
seq bigint not null identity
hazard uuid not null
command uuid
at timestamp with time zone not null
type text not null
actor json
detail json not null
history_command_key UNIQUE (command)
history_hazard_fkey FOREIGN KEY (hazard) REFERENCES ledger.hazards(id)
history_pkey PRIMARY KEY (seq)
CREATE INDEX history_hazard ON ledger.history USING btree (hazard, seq)
grant insert, select to anyuan_ledger

-- ledger.numbers
school_year integer not null
month integer not null
last integer not null
numbers_month_check CHECK (((month >= 1) AND (month <= 12)))
numbers_pkey PRIMARY KEY (school_year, month)
grant delete, insert, select, update to anyuan_ledger

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

-- ledger.photos
id uuid not null
hazard uuid not null
part text not null
type text not null
bytes bytea not null
at timestamp with time zone not null
added_by json not null
photos_bytes_check CHECK ((octet_length(bytes) <= 307200))
photos_hazard_fkey FOREIGN KEY (hazard) REFERENCES ledger.hazards(id)
photos_part_check CHECK ((part = ANY (ARRAY['hazard'::text, 'fix'::text])))
photos_pkey PRIMARY KEY (id)
photos_type_check CHECK ((type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text])))
CREATE INDEX photos_hazard ON ledger.photos USING btree (hazard, at)
grant insert, select to anyuan_ledger

-- ledger.sendings
seq bigint not null identity
channel uuid not null
at timestamp with time zone not null
messages integer not null
result text not null
fault text
code text not null
sendings_channel_fkey FOREIGN KEY (channel) REFERENCES ledger.channels(id)
sendings_pkey PRIMARY KEY (seq)
sendings_result_check CHECK ((result = ANY (ARRAY['sent'::text, 'refused'::text, 'later'::text])))
CREATE INDEX sendings_channel ON ledger.sendings USING btree (channel, at)
grant delete, insert, select to anyuan_ledger

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

-- training.access_log
id uuid not null
at timestamp with time zone not null
certificate uuid not null
what text not null
actor_id text not null
actor_name text not null
purpose text not null
access_log_pkey PRIMARY KEY (id)
access_log_what_check CHECK ((what = ANY (ARRAY['number'::text, 'scan'::text])))
grant insert, select to anyuan_training

-- training.assessments
id uuid not null
session uuid not null
person text not null
score integer not null
pass_mark integer not null
passed boolean not null
at timestamp with time zone not null
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
assessments_pkey PRIMARY KEY (id)
assessments_session_person_fkey FOREIGN KEY (session, person) REFERENCES training.attendances(session, person)
CREATE INDEX assessments_session ON training.assessments USING btree (session, person)
grant insert, select to anyuan_training

-- training.attendances
id uuid not null
session uuid not null
person text not null
via text not null
gate text
at timestamp with time zone not null
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
forgotten json
attendances_forgotten_check CHECK (((via = 'vouched'::text) = (forgotten IS NOT NULL)))
attendances_person_fkey FOREIGN KEY (person) REFERENCES training.people(id)
attendances_pkey PRIMARY KEY (id)
attendances_session_fkey FOREIGN KEY (session) REFERENCES training.sessions(id)
attendances_session_person_key UNIQUE (session, person)
attendances_via_check CHECK ((via = ANY (ARRAY['card'::text, 'name'::text, 'vouched'::text])))
CREATE INDEX attendances_person ON training.attendances USING btree (person)
grant insert, select to anyuan_training

-- training.certificates
id uuid not null
person text not null
kind text not null
number bytea not null
last4 text not null
issuer text not null
issued_on date not null
expires_on date
supersedes uuid
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
certificates_check CHECK ((expires_on >= issued_on))
certificates_person_fkey FOREIGN KEY (person) REFERENCES training.people(id)
certificates_pkey PRIMARY KEY (id)
certificates_supersedes_fkey FOREIGN KEY (supersedes) REFERENCES training.certificates(id)
certificates_supersedes_key UNIQUE (supersedes)
CREATE INDEX certificates_person ON training.certificates USING btree (person, kind)
grant insert, select to anyuan_training

-- training.changes
id uuid not null
at timestamp with time zone not null
entity text not null
entity_id text not null
type text not null
data json not null
actor_id text not null
actor_name text not null
position bigint not null identity
changes_pkey PRIMARY KEY (id)
CREATE INDEX changes_entity ON training.changes USING btree (entity, entity_id, "position")
grant insert, select to anyuan_training

-- training.classes
id text not null
name text not null
teacher text
position integer not null
classes_pkey PRIMARY KEY (id)
classes_teacher_fkey FOREIGN KEY (teacher) REFERENCES training.people(id)
grant delete, insert, select, update to anyuan_training

-- training.course_plan
course uuid not null
year integer not null
months integer[] not null
course_plan_course_fkey FOREIGN KEY (course) REFERENCES training.courses(id)
course_plan_pkey PRIMARY KEY (course, year)
grant delete, insert, select, update to anyuan_training

-- training.courses
id uuid not null
code text not null
title text not null
roles text[] not null
period_months integer
pass_mark integer
retired_at timestamp with time zone
courses_code_key UNIQUE (code)
courses_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_training

-- training.drill_skills
id uuid not null
drill uuid not null
person text not null
skill text not null
seconds double precision
at timestamp with time zone not null
drill_skills_pkey PRIMARY KEY (id)
CREATE INDEX drill_skills_person ON training.drill_skills USING btree (person, skill, at)
grant insert, select to anyuan_training

-- training.equipment
id uuid not null
kind text not null
gate text
person text
serial text
expires_on date
inspect_every_months integer not null
bought_on date
retired_at timestamp with time zone
equipment_check CHECK (((gate IS NULL) <> (person IS NULL)))
equipment_gate_fkey FOREIGN KEY (gate) REFERENCES training.guard_rooms(gate)
equipment_person_fkey FOREIGN KEY (person) REFERENCES training.people(id)
equipment_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_training

-- training.equipment_checks
id uuid not null
gate text not null
by_id text not null
by_name text not null
at timestamp with time zone not null
on_duty integer not null
counts json not null
gaps json not null
note text not null
received_at timestamp with time zone not null
equipment_checks_pkey PRIMARY KEY (id)
CREATE INDEX equipment_checks_gate ON training.equipment_checks USING btree (gate, at)
grant insert, select to anyuan_training

-- training.filings
id uuid not null
person text not null
authority text not null
filed_on date not null
receipt text not null
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
filings_authority_check CHECK ((authority = ANY (ARRAY['education'::text, 'police'::text])))
filings_person_fkey FOREIGN KEY (person) REFERENCES training.people(id)
filings_pkey PRIMARY KEY (id)
CREATE INDEX filings_person ON training.filings USING btree (person, authority)
grant insert, select to anyuan_training

-- training.guard_rooms
gate text not null
name text not null
guard_rooms_pkey PRIMARY KEY (gate)
grant delete, insert, select, update to anyuan_training

-- training.headcounts
id uuid not null
pupils integer not null
staff integer not null
boarders integer not null
rule_set text not null
from_date date not null
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
headcounts_check CHECK ((boarders <= pupils))
headcounts_pkey PRIMARY KEY (id)
grant insert, select to anyuan_training

-- training.inspections
id uuid not null
equipment uuid not null
date date not null
ok boolean not null
note text not null
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
inspections_equipment_fkey FOREIGN KEY (equipment) REFERENCES training.equipment(id)
inspections_pkey PRIMARY KEY (id)
CREATE INDEX inspections_equipment ON training.inspections USING btree (equipment, date)
grant insert, select to anyuan_training

-- training.lessons
id uuid not null
class text not null
class_name text not null
date date not null
topic text not null
minutes integer not null
title text not null
link text
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
lessons_class_fkey FOREIGN KEY (class) REFERENCES training.classes(id)
lessons_pkey PRIMARY KEY (id)
CREATE INDEX lessons_date ON training.lessons USING btree (date, class)
grant insert, select to anyuan_training

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

-- training.people
id text not null
name text not null
roles text[] not null
phone text
card_hash text
employed_from date
left_on date
edited_at timestamp with time zone
people_card_hash_key UNIQUE (card_hash)
people_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_training

-- training.people_import_rows
import uuid not null
person text not null
before json
people_import_rows_import_fkey FOREIGN KEY (import) REFERENCES training.people_imports(id)
people_import_rows_pkey PRIMARY KEY (import, person)
grant insert, select to anyuan_training

-- training.people_import_undos
import uuid not null
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
people_import_undos_import_fkey FOREIGN KEY (import) REFERENCES training.people_imports(id)
people_import_undos_pkey PRIMARY KEY (import)
grant insert, select to anyuan_training

-- training.people_imports
id uuid not null
added integer not null
changed integer not null
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
people_imports_pkey PRIMARY KEY (id)
grant insert, select to anyuan_training

-- training.proofs
lesson uuid not null
type text not null
bytes bytea not null
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
proofs_lesson_fkey FOREIGN KEY (lesson) REFERENCES training.lessons(id)
proofs_pkey PRIMARY KEY (lesson)
grant insert, select to anyuan_training

-- training.reminders
certificate uuid not null
threshold integer not null
days integer not null
at timestamp with time zone not null
reminders_certificate_fkey FOREIGN KEY (certificate) REFERENCES training.certificates(id)
reminders_pkey PRIMARY KEY (certificate, threshold)
grant insert, select to anyuan_training

-- training.requirements
id text not null
body json not null
retired_at timestamp with time zone
requirements_pkey PRIMARY KEY (id)
grant delete, insert, select, update to anyuan_training

-- training.roster_told
school boolean not null default true
shape integer not null
roster_told_pkey PRIMARY KEY (school)
roster_told_school_check CHECK (school)
grant delete, insert, select, update to anyuan_training

-- training.scans
certificate uuid not null
type text not null
bytes bytea not null
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
scans_certificate_fkey FOREIGN KEY (certificate) REFERENCES training.certificates(id)
scans_pkey PRIMARY KEY (certificate)
grant insert, select to anyuan_training

-- training.sessions
id uuid not null
course uuid not null
date date not null
from_time text not null
hours double precision not null
place text not null
trainer text not null
topic text not null
cancelled_at timestamp with time zone
sessions_course_fkey FOREIGN KEY (course) REFERENCES training.courses(id)
sessions_pkey PRIMARY KEY (id)
CREATE INDEX sessions_course ON training.sessions USING btree (course, date)
CREATE INDEX sessions_date ON training.sessions USING btree (date)
grant delete, insert, select, update to anyuan_training

-- training.shift_guards
shift uuid not null
person text not null
override_reason text
override_by text
shift_guards_person_fkey FOREIGN KEY (person) REFERENCES training.people(id)
shift_guards_pkey PRIMARY KEY (shift, person)
shift_guards_shift_fkey FOREIGN KEY (shift) REFERENCES training.shifts(id)
CREATE INDEX shift_guards_person ON training.shift_guards USING btree (person)
grant delete, insert, select, update to anyuan_training

-- training.shifts
id uuid not null
gate text not null
date date not null
from_time text not null
to_time text not null
kind text not null
removed_at timestamp with time zone
shifts_pkey PRIMARY KEY (id)
CREATE INDEX shifts_date ON training.shifts USING btree (date) WHERE (removed_at IS NULL)
grant delete, insert, select, update to anyuan_training

-- training.vettings
id uuid not null
person text not null
checked_on date not null
result text not null
checked_by text not null
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
vettings_person_fkey FOREIGN KEY (person) REFERENCES training.people(id)
vettings_pkey PRIMARY KEY (id)
vettings_result_check CHECK ((result = ANY (ARRAY['clear'::text, 'notClear'::text])))
CREATE INDEX vettings_person ON training.vettings USING btree (person, checked_on)
grant insert, select to anyuan_training

-- training.withdrawals
certificate uuid not null
reason text not null
recorded_id text not null
recorded_name text not null
recorded_at timestamp with time zone not null
withdrawals_certificate_fkey FOREIGN KEY (certificate) REFERENCES training.certificates(id)
withdrawals_pkey PRIMARY KEY (certificate)
grant insert, select to anyuan_training
