/** The services that own what a gate decides, as tRPC clients whose HTTP goes over the bus. */
import type { AlarmRouter } from '@anyuan/alarm/router';
import type { Bus } from '@anyuan/bus';
import {
  AdmitVisitor,
  type AskHost,
  AttendByCard,
  agentCaller,
  BeginShift,
  EndShift,
  LogPermitTap,
  LogVehicle,
  MergedRecord,
  RecordEquipmentCheck,
  RecordHandOver,
  RecordRefusal,
  RecordShiftChecks,
  RecordWatchAnswer,
  RecordWatchHit,
  RefuseVisitor,
  ReturnItems,
  type ServiceName,
  SignInByCard,
  SignOutVisitor,
  UndoAdmission,
} from '@anyuan/contracts';
import type { DrillsRouter } from '@anyuan/drills/router';
import type { GateRouter } from '@anyuan/gate/router';
import type { PickupRouter } from '@anyuan/pickup/router';
import { fetchOverBus, requestOverBus } from '@anyuan/service';
import type { TrainingRouter } from '@anyuan/training/router';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { JournalRecord, RecordKind } from './journal.ts';

export type Owners = ReturnType<typeof connectOwners>;

const TIMEOUT_MS = 4_000;
/** A gate is on line when these answer; it needs none of the others. */
const BEHIND_THE_GATE: readonly ServiceName[] = ['gate', 'pickup', 'alarm'];

export function connectOwners(bus: Bus, school: string, gateId: string) {
  const caller = agentCaller(gateId);
  const link = (service: string) =>
    httpLink({ url: 'http://bus/trpc', fetch: fetchOverBus({ bus, school, service, caller, timeoutMs: TIMEOUT_MS }) });
  const gate = createTRPCClient<GateRouter>({ links: [link('gate')] });
  const pickup = createTRPCClient<PickupRouter>({ links: [link('pickup')] });
  const alarm = createTRPCClient<AlarmRouter>({ links: [link('alarm')] });
  const training = createTRPCClient<TrainingRouter>({ links: [link('training')] });
  const drills = createTRPCClient<DrillsRouter>({ links: [link('drills')] });
  return {
    gate,
    pickup,
    alarm,
    training,
    drills,
    questions: {
      ask: (command: AskHost) => gate.host.ask.mutate(command),
      withdraw: (question: string) => gate.host.withdraw.mutate({ question }),
      look: (question: string) => gate.host.question.query({ question }),
    },
    command(kind: Exclude<RecordKind, 'raise'>, body: unknown): Promise<unknown> {
      switch (kind) {
        case 'admit':
          return gate.admit.mutate(AdmitVisitor.parse(body));
        case 'refuse':
          return gate.refuse.mutate(RefuseVisitor.parse(body));
        case 'signOut':
          return gate.signOut.mutate(SignOutVisitor.parse(body));
        case 'undoAdmit':
          return gate.undo.mutate(UndoAdmission.parse(body));
        case 'returnItems':
          return gate.returnItems.mutate(ReturnItems.parse(body));
        case 'handOver':
          return pickup.recordHandOver.mutate(RecordHandOver.parse(body));
        case 'pickupRefusal':
          return pickup.recordRefusal.mutate(RecordRefusal.parse(body));
        case 'attend':
          return training.attendByCard.mutate(AttendByCard.parse(body));
        case 'signIn':
          return drills.patrols.signInByCard.mutate(SignInByCard.parse(body));
        case 'watchHit':
          return gate.watchlist.recordHit.mutate(RecordWatchHit.parse(body));
        case 'watchAnswer':
          return gate.watchlist.recordAnswer.mutate(RecordWatchAnswer.parse(body));
        case 'permitTap':
          return gate.permits.log.mutate(LogPermitTap.parse(body));
        case 'vehicle':
          return gate.vehicles.log.mutate(LogVehicle.parse(body));
        case 'shiftBegin':
          return gate.shifts.begin.mutate(BeginShift.parse(body));
        case 'shiftChecks':
          return gate.shifts.check.mutate(RecordShiftChecks.parse(body));
        case 'shiftEnd':
          return gate.shifts.end.mutate(EndShift.parse(body));
        case 'equipment':
          return training.recordEquipmentCheck.mutate(RecordEquipmentCheck.parse(body));
        case 'verdict':
        case 'badge':
        case 'clock':
          return Promise.resolve(null);
      }
    },
    /** Those that stand together at the head of a lane. @returns how many of them their owner has stored */
    async merge(records: readonly JournalRecord[]): Promise<number> {
      return (await gate.merge.mutate(records.map(({ kind, body }) => MergedRecord.parse({ kind, body })))).stored;
    },
    /** Do the services behind a gate answer, with their database? */
    async answer(): Promise<boolean> {
      const asked = BEHIND_THE_GATE.map((service) =>
        requestOverBus({ bus, school, service, caller, method: 'GET', path: '/health', timeoutMs: 1_500 }).then(
          (response) => response.ok,
          () => false,
        ),
      );
      return (await Promise.all(asked)).every(Boolean);
    },
  };
}
