/** What the screens ask of the gate service for a host: who waits at the gate for his word, and whom he should see out (G1, G2). */
import type { AnswerHost, HostAnswered, HostQuestion, VisitView } from '@anyuan/contracts';

export interface AtTheGate {
  questions: HostQuestion[];
  /** His visitors who should have left. */
  overdue: VisitView[];
}
export interface ConfirmClient {
  mine(): Promise<AtTheGate>;
  answer(answer: AnswerHost): Promise<HostAnswered>;
}
