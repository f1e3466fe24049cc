/** Which screens are built. One more is its import and its line below; only then it has a link and a page. */
import type { Component } from 'svelte';
import type { ScreenId } from '../routes.ts';
import AlarmScreen from './alarm/AlarmScreen.svelte';
import BookingsScreen from './bookings/BookingsScreen.svelte';
import ExpectedScreen from './bookings/ExpectedScreen.svelte';
import ChannelsScreen from './channels/ChannelsScreen.svelte';
import DevicesScreen from './devices/DevicesScreen.svelte';
import CalendarScreen from './drills/CalendarScreen.svelte';
import DrillScreen from './drills/DrillScreen.svelte';
import FindingsScreen from './drills/FindingsScreen.svelte';
import SetupScreen from './drills/SetupScreen.svelte';
import TermScreen from './drills/TermScreen.svelte';
import FacilitiesScreen from './facilities/FacilitiesScreen.svelte';
import AskingScreen from './gate/AskingScreen.svelte';
import ConfirmScreen from './gate/ConfirmScreen.svelte';
import ContradictionsScreen from './gate/ContradictionsScreen.svelte';
import DayBookScreen from './gate/DayBookScreen.svelte';
import EvacuationScreen from './gate/EvacuationScreen.svelte';
import GateScreen from './gate/GateScreen.svelte';
import OnSiteScreen from './gate/OnSiteScreen.svelte';
import RecordsScreen from './gate/RecordsScreen.svelte';
import VisitorScreen from './gate/VisitorScreen.svelte';
import HazardScreen from './hazards/HazardScreen.svelte';
import HazardsScreen from './hazards/HazardsScreen.svelte';
import MendScreen from './hazards/MendScreen.svelte';
import PatrolScreen from './patrol/PatrolScreen.svelte';
import PatrolsScreen from './patrol/PatrolsScreen.svelte';
import PermitsScreen from './permits/PermitsScreen.svelte';
import CardsScreen from './pickup/CardsScreen.svelte';
import HandOversScreen from './pickup/HandOversScreen.svelte';
import PlanScreen from './plans/PlanScreen.svelte';
import PlansScreen from './plans/PlansScreen.svelte';
import RollScreen from './roll/RollScreen.svelte';
import ShiftsScreen from './shifts/ShiftsScreen.svelte';
import TodayScreen from './today/TodayScreen.svelte';
import CoursesScreen from './training/CoursesScreen.svelte';
import EducationScreen from './training/EducationScreen.svelte';
import EquipmentScreen from './training/EquipmentScreen.svelte';
import MineScreen from './training/MineScreen.svelte';
import PeopleScreen from './training/PeopleScreen.svelte';
import PersonScreen from './training/PersonScreen.svelte';
import StaffingScreen from './training/StaffingScreen.svelte';
import TrainingScreen from './training/TrainingScreen.svelte';
import VehiclesScreen from './vehicles/VehiclesScreen.svelte';
import WatchlistScreen from './watchlist/WatchlistScreen.svelte';

export const screens: Partial<Record<ScreenId, Component>> = {
  home: TodayScreen,
  gate: GateScreen,
  onSite: OnSiteScreen,
  dayBook: DayBookScreen,
  visitor: VisitorScreen,
  contradictions: ContradictionsScreen,
  gateRecords: RecordsScreen,
  asking: AskingScreen,
  evacuation: EvacuationScreen,
  permits: PermitsScreen,
  shifts: ShiftsScreen,
  facilities: FacilitiesScreen,
  vehicles: VehiclesScreen,
  bookings: BookingsScreen,
  expected: ExpectedScreen,
  confirm: ConfirmScreen,
  pickup: HandOversScreen,
  cards: CardsScreen,
  alarm: AlarmScreen,
  term: TermScreen,
  setup: SetupScreen,
  calendar: CalendarScreen,
  findings: FindingsScreen,
  drill: DrillScreen,
  plans: PlansScreen,
  plan: PlanScreen,
  training: TrainingScreen,
  courses: CoursesScreen,
  education: EducationScreen,
  people: PeopleScreen,
  person: PersonScreen,
  staffing: StaffingScreen,
  equipment: EquipmentScreen,
  hazards: HazardsScreen,
  hazard: HazardScreen,
  devices: DevicesScreen,
  channels: ChannelsScreen,
  watchlist: WatchlistScreen,
  patrols: PatrolsScreen,
  patrol: PatrolScreen,
  roll: RollScreen,
  mend: MendScreen,
  mine: MineScreen,
};
export const built = Object.keys(screens) as ScreenId[];
