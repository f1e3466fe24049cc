/** What screens find above them, each by its type. Set once a sign-in, in `Desk.svelte`. */
import { createContext } from 'svelte';
import type { ScreenId } from '../routes.ts';
import type { Incidents } from './alarm/incidents.svelte.ts';
import type { Post } from './alarm/post.svelte.ts';
import type { TrainingClient } from './clients/training.ts';
import type { Clock } from './clock.svelte.ts';
import type { Devices } from './devices/devices.svelte.ts';
import type { Terms } from './drills/terms.svelte.ts';
import type { Visits } from './gate/visits.svelte.ts';
import type { Heading } from './heading.svelte.ts';
import type { Live } from './live/live.svelte.ts';
import type { Patrols } from './patrol/patrols.svelte.ts';
import type { Cards } from './pickup/cards.svelte.ts';
import type { HandOvers } from './pickup/hand-overs.svelte.ts';
import type { Rolls } from './roll/rolls.svelte.ts';
import type { Router } from './router.svelte.ts';
import type { Session } from './session/session.svelte.ts';
import type { Theme } from './theme.svelte.ts';

export const [getClock, setClock] = createContext<Clock>();
export const [getSession, setSession] = createContext<Session>();
export const [getRouter, setRouter] = createContext<Router>();
export const [getHeading, setHeading] = createContext<Heading>();
export const [getTheme, setTheme] = createContext<Theme>();
export const [getLive, setLive] = createContext<Live>();
export const [getVisits, setVisits] = createContext<Visits>();
export const [getHandOvers, setHandOvers] = createContext<HandOvers>();
export const [getCards, setCards] = createContext<Cards>();
export const [getIncidents, setIncidents] = createContext<Incidents>();
export const [getDevices, setDevices] = createContext<Devices>();
export const [getPost, setPost] = createContext<Post>();
export const [getTerms, setTerms] = createContext<Terms>();
export const [getRolls, setRolls] = createContext<Rolls>();
export const [getPatrols, setPatrols] = createContext<Patrols>();
export const [getTraining, setTraining] = createContext<TrainingClient>();
/** Which screens are built: a screen must not import the registry that imports it. */
export const [getBuilt, setBuilt] = createContext<readonly ScreenId[]>();
