/** What the screens ask of the drills service about posts and patrols (D3, D4, G13). */
import type {
  PatrolDay,
  PlaceRetired,
  Places,
  PostSaved,
  RetirePlace,
  RouteSaved,
  SavePost,
  SaveRoute,
  SignedIn,
  SignIn,
} from '@anyuan/contracts';

export interface PatrolsClient {
  /** Today; all posts for those who read patrols, else the own ones. */
  day(): Promise<PatrolDay>;
  signIn(signIn: SignIn): Promise<SignedIn>;
  places(): Promise<Places>;
  savePost(post: SavePost): Promise<PostSaved>;
  saveRoute(route: SaveRoute): Promise<RouteSaved>;
  retire(place: RetirePlace): Promise<PlaceRetired>;
}
