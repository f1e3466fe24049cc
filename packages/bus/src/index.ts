export { type Bus, type BusOptions, connectBus, type Message, openBus, type Reply } from './bus.ts';
export { type ConsumeOptions, type Consumption, consume, lastSequence, replay, type StreamMessage } from './consume.ts';
export { type FetchBody, followList } from './follow-list.ts';
export {
  type ListPublisher,
  type ListPublisherOptions,
  readSignedHead,
  startListPublisher,
  verifyBody,
} from './lists.ts';
export { ensureStreams } from './streams.ts';
