/** What the screen asks of the agent about a visitor (A1, G1, G2, G5). */
import type {
  AdmitVisitor,
  Host,
  HostQuestion,
  Kept,
  OverrideReason,
  RefusalReason,
  ReturnItems,
  SecurityCheck,
  VisitorIdentity,
  VisitorType,
  VisitReason,
  VisitView,
  Work,
} from '@anyuan/contracts';

export type Sex = VisitorIdentity['sex'];
export interface TypedIdentity {
  name: string;
  sex: Sex;
  idNumber?: string;
  phone?: string;
}
/** Who it is: a document that lies or lay on the reader, or what was typed. Exactly one of the two. */
export type Identity = { presented: string } | { typed: TypedIdentity };

export type AdmitInput = Identity & {
  reason: VisitReason;
  type: VisitorType;
  note?: string;
  host: Host['id'];
  security: SecurityCheck;
  party: AdmitVisitor['party'];
  until?: string;
  certificate?: string;
  work?: Work;
  question?: string;
  override?: OverrideReason;
  booking?: string;
};
export type RefuseInput = Identity & { reason?: VisitReason; refusal: RefusalReason; note?: string; items: string[] };
export type AskInput = Identity & { type: VisitorType; count: number; reason: VisitReason; host: Host['id'] };
export type ReturnInput = Pick<ReturnItems, 'visit' | 'outcome'> & { because?: NonNullable<ReturnItems['because']> };

export interface Admitted {
  visit: string;
  number: string;
  /** 寄存号 of what was held. */
  ticket: string | null;
  synced: boolean;
}

export interface VisitClient {
  /** `already`: another screen of this gate let him in a moment ago. */
  admit(input: AdmitInput): Promise<Admitted | { already: VisitView }>;
  refuse(input: RefuseInput): Promise<Kept>;
  /** @param count of a group; without it everybody who is left */
  signOut(visit: string, count?: number): Promise<Kept>;
  undo(visit: string): Promise<Kept>;
  /** Null: the question could not go out. */
  askHost(input: AskInput): Promise<HostQuestion | null>;
  withdraw(question: string): Promise<void>;
  held(): Promise<VisitView[]>;
  returnItems(input: ReturnInput): Promise<Kept>;
}
