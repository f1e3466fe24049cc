/**
 * Who may say and hear what on the school's bus: one row a user, nothing else grants anything. nats-server enforces it
 * from the user's JWT, so a process that is taken over can do only what stands in its own row. Explained in
 * `infra/nats/README.md`; `identities.bus.test.ts` tries what must be refused.
 */
import {
  agentCaller,
  busDevice,
  GATEWAY,
  type GateFile,
  gateItself,
  LISTS_BUCKET,
  SERVICES,
  streams,
  subjects,
} from '@anyuan/contracts';

export type Connection = 'STANDARD' | 'WEBSOCKET' | 'MQTT' | 'MQTT_WS';

export interface Identity {
  user: string;
  publish: string[];
  subscribe: string[];
  /** May answer a request that it received, once, wherever the asker wants the reply. */
  answers: boolean;
  /** Signs in with its JWT alone (MQTT has no challenge), so only where the JWT may be used. */
  bearer: boolean;
  connections: Connection[];
}

type Service = (typeof SERVICES)[number];

/** Replies and JetStream's answers come to a user's own inbox, which nobody else may hear. */
const inbox = (user: string) => `_INBOX_${user}.>`;
const js = (call: string) => `$JS.API.${call}`;

/**
 * Reads a stream: its state, its messages, consumers of one's own on it, and their acknowledgement.
 * nats-server does not check where a consumer delivers to. So who may write into a stream gets no consumer on it, or it
 * could let the server say there what it may not say itself. (The alarm service is the one exception: its stream is its own.)
 */
const readStream = (stream: string) => [
  js(`STREAM.INFO.${stream}`),
  js(`STREAM.MSG.GET.${stream}`),
  js(`DIRECT.GET.${stream}`),
  js(`DIRECT.GET.${stream}.>`),
  js(`CONSUMER.CREATE.${stream}`),
  js(`CONSUMER.CREATE.${stream}.>`),
  js(`CONSUMER.DURABLE.CREATE.${stream}.*`),
  js(`CONSUMER.INFO.${stream}.*`),
  js(`CONSUMER.MSG.NEXT.${stream}.*`),
  js(`CONSUMER.DELETE.${stream}.*`),
  `$JS.ACK.${stream}.>`,
];

const lists = `KV_${LISTS_BUCKET}`;
const readLists = [...readStream(lists), '$JS.FC.>'];
const writeList = (list: string) => [
  js(`STREAM.INFO.${lists}`),
  js(`STREAM.MSG.GET.${lists}`),
  js(`DIRECT.GET.${lists}.>`),
  `$KV.${LISTS_BUCKET}.${list}`,
  `$KV.${LISTS_BUCKET}.${list}.>`,
];

/** Reads the one consumer that the launcher made for this service; it holds nothing that the service wrote (`FOLLOWED`). */
const follow = (service: string) => [
  js(`CONSUMER.INFO.${streams.events}.${service}`),
  js(`CONSUMER.MSG.NEXT.${streams.events}.${service}`),
  `$JS.ACK.${streams.events}.${service}.>`,
];

const plain = { answers: false, bearer: false, connections: ['STANDARD'] as Connection[] };

export const launcherIdentity = (school: string): Identity => ({
  ...plain,
  user: 'launcher',
  publish: [subjects.http(school, '*', 'launcher'), js('>')],
  subscribe: [inbox('launcher')],
});

export const gatewayIdentity = (school: string): Identity => ({
  ...plain,
  user: GATEWAY,
  publish: [subjects.http(school, '*', GATEWAY), subjects.alarmRaisedAny(school), ...readStream(streams.events)],
  subscribe: [inbox(GATEWAY), subjects.eventsOf(school), subjects.live(school, '*'), subjects.alarmStateAny(school)],
});

const special: Record<Service, (school: string) => Pick<Identity, 'publish' | 'subscribe'>> = {
  gate: () => ({ publish: ['staff', 'bookings', 'watchlist', 'permits'].flatMap(writeList), subscribe: [] }),
  pickup: () => ({ publish: writeList('pickup'), subscribe: [] }),
  drills: () => ({ publish: follow('drills'), subscribe: [] }),
  training: () => ({ publish: follow('training'), subscribe: [] }),
  ledger: () => ({ publish: follow('ledger'), subscribe: [] }),
  alarm: (school) => ({
    publish: [
      subjects.alarmStateAny(school),
      subjects.alarmNoted(school),
      subjects.deviceAsked(school, '*'),
      ...readStream(streams.alarms),
    ],
    subscribe: [
      subjects.alarmRaisedAny(school),
      subjects.deviceReported(school, '*'),
      subjects.deviceHealth(school, '*'),
    ],
  }),
};

export function serviceIdentity(school: string, service: Service): Identity {
  const own = special[service](school);
  return {
    ...plain,
    user: service,
    answers: true,
    publish: [subjects.eventsOf(school, service), subjects.live(school, service), ...own.publish],
    subscribe: [inbox(service), subjects.httpOf(school, service), ...own.subscribe],
  };
}

/** An agent speaks for the devices of its gate file and for no other. */
export function agentIdentity(school: string, file: GateFile): Identity {
  const user = agentCaller(file.gate);
  const devices = file.devices.map((d) => busDevice(file.gate, d.id));
  return {
    ...plain,
    user,
    publish: [
      subjects.http(school, '*', user),
      subjects.alarmRaisedAny(school),
      subjects.deviceHealth(school, gateItself(file.gate)),
      ...devices.flatMap((d) => [subjects.deviceReported(school, d), subjects.deviceHealth(school, d)]),
      ...readLists,
    ],
    subscribe: [
      inbox(user),
      subjects.alarmRaisedAny(school),
      subjects.alarmStateAny(school),
      subjects.live(school, 'alarm'),
      subjects.event(school, 'pickup', 'handOver', '*'),
      // Who is on site: the gate's own roll of visitors.
      subjects.eventsOf(school, 'gate'),
      `$KV.${LISTS_BUCKET}.>`,
      ...devices.map((d) => subjects.deviceAsked(school, d)),
    ],
  };
}

/** A siren, lamp, display or phone: it hears the alarm and its own name, and says what it is doing. It can't raise. */
export const deviceIdentity = (
  school: string,
  device: string,
  connections: Connection[] = ['MQTT', 'MQTT_WS'],
): Identity => ({
  user: device,
  answers: false,
  bearer: true,
  connections,
  publish: [subjects.deviceReported(school, device), subjects.deviceHealth(school, device)],
  subscribe: [
    subjects.alarmRaised(school, 'audible'),
    subjects.alarmState(school, 'audible'),
    subjects.deviceAsked(school, device),
  ],
});

/** For the tour and the load tests: hears everything of the school, says nothing. Never part of a running school. */
export const observerIdentity = (school: string): Identity => ({
  ...plain,
  user: 'observer',
  connections: ['STANDARD', 'WEBSOCKET'],
  publish: [],
  subscribe: [inbox('observer'), `school.${school}.>`],
});

export const schoolIdentities = (school: string, file: GateFile): Identity[] => [
  launcherIdentity(school),
  gatewayIdentity(school),
  ...SERVICES.map((service) => serviceIdentity(school, service)),
  agentIdentity(school, file),
];
