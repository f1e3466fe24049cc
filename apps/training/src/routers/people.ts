/** People, what they can prove, and what is asked of them (E2, H12). */
import {
  AddCertificate,
  AddScan,
  CertificateReading,
  CertificateView,
  ChangeView,
  ImportPeople,
  Matrix,
  Mine,
  PeopleImport,
  PeopleImported,
  PeopleRead,
  PeopleSheet,
  PeopleUndone,
  RecordFiling,
  RecordVetting,
  ReminderView,
  Requirement,
  SavePerson,
  SaveRequirement,
  ShowCertificateNumber,
  StaffMember,
  StaffRecord,
  StaffRole,
  Token,
  UndoPeopleImport,
  Uuid,
  WithdrawCertificate,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { addScan, readings, showNumber } from '../certificate-readings.ts';
import { addCertificate, certificates, withdrawCertificate } from '../certificates.ts';
import { history, personOf, type TrainingContext, todayOf } from '../context.ts';
import { matrix, requirements, retireRequirement, saveRequirement } from '../evidence.ts';
import { people, savePerson } from '../people.ts';
import { checkPeople, importSheet, imports, undoImport } from '../people-import.ts';
import { mine, staffRecord } from '../records.ts';
import { reminders } from '../reminders.ts';
import { recordFiling, recordVetting } from '../vetting.ts';

export function peopleRouter(ctx: TrainingContext) {
  const { kysely: db } = ctx.db;
  const { clock } = ctx;
  return router({
    mine: procedure('training.own')
      .output(Mine)
      .query(({ ctx: { actor } }) => mine(ctx, personOf(actor))),
    /** Sent by POST, as all that is asked by a name. */
    people: procedure('training.read')
      .input(z.object({ search: z.string().max(200).optional() }))
      .output(z.array(StaffMember))
      .query(({ input }) => people(db, todayOf(ctx), input.search)),
    staffRecord: procedure('training.read')
      .input(z.object({ person: Token }))
      .output(StaffRecord)
      .query(({ input }) => staffRecord(ctx, input.person)),
    savePerson: procedure('training.write')
      .input(SavePerson)
      .output(StaffMember)
      .mutation(({ input, ctx: { actor } }) => savePerson(ctx, personOf(actor), input)),
    /** Only read: nothing is kept of it. */
    checkPeople: procedure('training.write')
      .input(PeopleSheet)
      .output(PeopleRead)
      .mutation(({ input }) => checkPeople(ctx, input)),
    importPeople: procedure('training.write')
      .input(ImportPeople)
      .output(PeopleImported)
      .mutation(({ input, ctx: { actor } }) => importSheet(ctx, personOf(actor), input)),
    undoPeopleImport: procedure('training.write')
      .input(UndoPeopleImport)
      .output(PeopleUndone)
      .mutation(({ input, ctx: { actor } }) => undoImport(ctx, personOf(actor), input.id)),
    peopleImports: procedure('training.write')
      .output(z.array(PeopleImport))
      .query(() => imports(db)),
    certificates: procedure('training.read')
      .output(z.array(CertificateView))
      .query(() => certificates(db)),
    addCertificate: procedure('training.write')
      .input(AddCertificate)
      .output(CertificateView)
      .mutation(({ input, ctx: { actor } }) => addCertificate(ctx, personOf(actor), input)),
    withdrawCertificate: procedure('training.write')
      .input(WithdrawCertificate)
      .output(CertificateView)
      .mutation(({ input, ctx: { actor } }) => withdrawCertificate(ctx, personOf(actor), input)),
    addScan: procedure('training.write')
      .input(AddScan)
      .output(CertificateView)
      .mutation(({ input, ctx: { actor } }) => addScan(ctx, personOf(actor), input)),
    showCertificateNumber: procedure('training.write')
      .input(ShowCertificateNumber)
      .output(z.object({ number: z.string() }))
      .mutation(async ({ input, ctx: { actor } }) => ({
        number: await showNumber(ctx, { ...input, by: personOf(actor) }),
      })),
    certificateReadings: procedure('training.read')
      .input(z.object({ certificate: Uuid }))
      .output(z.array(CertificateReading))
      .query(({ input }) => readings(db, input.certificate)),
    recordVetting: procedure('training.write')
      .input(RecordVetting)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => recordVetting(ctx, personOf(actor), input)),
    recordFiling: procedure('training.write')
      .input(RecordFiling)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => recordFiling(ctx, personOf(actor), input)),
    requirements: procedure('training.read')
      .output(z.array(Requirement.extend({ own: z.boolean() })))
      .query(() => requirements(db)),
    saveRequirement: procedure('training.write')
      .input(SaveRequirement)
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => saveRequirement(ctx, personOf(actor), input)),
    retireRequirement: procedure('training.write')
      .input(z.object({ requirement: Token }))
      .output(z.void())
      .mutation(({ input, ctx: { actor } }) => retireRequirement(ctx, personOf(actor), input.requirement)),
    matrix: procedure('training.read')
      .input(z.object({ roles: z.array(StaffRole).min(1).optional() }))
      .output(Matrix)
      .query(({ input }) => matrix(ctx, input.roles)),
    reminders: procedure('training.read')
      .output(z.array(ReminderView))
      .query(() => reminders(db, clock.now())),
    history: procedure('training.read')
      .input(z.object({ entity: Token, id: z.string().min(1).max(64) }))
      .output(z.array(ChangeView))
      .query(({ input }) => history(db, input.entity, input.id)),
  });
}
