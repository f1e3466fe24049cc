/** What the screens ask of the gate service for a host: who waits at the gate for his word, and whom he should see out (G1, G2). */
import type {
  AnswerHost,
  ConfirmPolicy,
  Host,
  HostAnswered,
  HostQuestion,
  SavedPolicy,
  VisitView,
} from '@anyuan/contracts';

export interface AtTheGate {
  questions: HostQuestion[];
  /** His visitors who should have left. */
  overdue: VisitView[];
}
export interface Asking {
  policy: ConfirmPolicy;
  /** Who may be asked: everybody but the guards. */
  people: Host[];
}
export interface ConfirmClient {
  mine(): Promise<AtTheGate>;
  answer(answer: AnswerHost): Promise<HostAnswered>;
  asking(): Promise<Asking>;
  saveAsking(policy: ConfirmPolicy): Promise<SavedPolicy>;
}
