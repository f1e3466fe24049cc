/** Reads a gate file; what is wrong with it is named field by field before anything starts. */
import { readFileSync } from 'node:fs';
import { GateFile } from '@anyuan/contracts';
import { Refusal } from './refusal.ts';

export function readGateFile(path: string): GateFile {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : '';
    throw new Refusal(`读不了门岗文件 ${path}。 The gate file ${path} can't be read: ${why}`, { cause });
  }
  const parsed = GateFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path: field, message }) => `  ${field.join('.') || '(file)'}: ${message}`);
  throw new Refusal(
    `门岗文件 ${path} 有误，请改正下列字段。 Correct these fields of the gate file:\n${lines.join('\n')}`,
  );
}
