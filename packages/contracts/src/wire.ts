/**
 * HTTP over NATS: header names of a request and a reply, and the CloudEvents 1.0 attributes that every event carries.
 * A NATS header name takes no `:` and a Hanzi in a header value breaks `Headers`, so the actor travels as base64url JSON.
 */
export const httpHeaders = {
  method: 'Anyuan-Method',
  path: 'Anyuan-Path',
  actor: 'Anyuan-Actor',
  status: 'Anyuan-Status',
  contentType: 'Content-Type',
} as const;

export const eventHeaders = {
  id: 'ce-id',
  source: 'ce-source',
  type: 'ce-type',
  time: 'ce-time',
  specVersion: 'ce-specversion',
  /** Drops a repeat inside JetStream's window. */
  messageId: 'Nats-Msg-Id',
} as const;

/** Largest body that a service takes (512 KiB): a request is one NATS message. */
export const MAX_BODY_BYTES = 512 * 1024;
