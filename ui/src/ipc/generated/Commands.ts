import type { AddFamily } from "./AddFamily";
import type { AddUser } from "./AddUser";
import type { AmendUser } from "./AmendUser";
import type { AssessPassphrase } from "./AssessPassphrase";
import type { Banner } from "./Banner";
import type { CaseloadRequest } from "./CaseloadRequest";
import type { CaseloadView } from "./CaseloadView";
import type { ChangePassphrase } from "./ChangePassphrase";
import type { ChangeSettings } from "./ChangeSettings";
import type { CheckStrip } from "./CheckStrip";
import type { ConcernId } from "./ConcernId";
import type { ConcernView } from "./ConcernView";
import type { ContactEntry } from "./ContactEntry";
import type { ContactId } from "./ContactId";
import type { ContactView } from "./ContactView";
import type { CreateVault } from "./CreateVault";
import type { EpisodeId } from "./EpisodeId";
import type { FamilyAdded } from "./FamilyAdded";
import type { FamilyId } from "./FamilyId";
import type { FindView } from "./FindView";
import type { FlagId } from "./FlagId";
import type { FlagKind } from "./FlagKind";
import type { HistoryView } from "./HistoryView";
import type { NoteForm } from "./NoteForm";
import type { OneTimePassphrase } from "./OneTimePassphrase";
import type { PassphraseView } from "./PassphraseView";
import type { PeopleView } from "./PeopleView";
import type { PersonEcho } from "./PersonEcho";
import type { PersonEntry } from "./PersonEntry";
import type { PersonId } from "./PersonId";
import type { PersonView } from "./PersonView";
import type { Recover } from "./Recover";
import type { ReleaseRequest } from "./ReleaseRequest";
import type { ReleaseView } from "./ReleaseView";
import type { SessionView } from "./SessionView";
import type { SetDisplay } from "./SetDisplay";
import type { SetExportFolder } from "./SetExportFolder";
import type { SettingsView } from "./SettingsView";
import type { StoryView } from "./StoryView";
import type { SummaryRequest } from "./SummaryRequest";
import type { SummaryView } from "./SummaryView";
import type { TodayView } from "./TodayView";
import type { Unlock } from "./Unlock";
import type { UserId } from "./UserId";
import type { UsersView } from "./UsersView";
import type { VaultCreated } from "./VaultCreated";
import type { VaultState } from "./VaultState";

export type Commands = {
  vault_state: { req: Record<string, never>, res: VaultState },
  create_vault: { req: CreateVault, res: VaultCreated },
  practice_vault: { req: Record<string, never>, res: VaultState },
  unlock: { req: Unlock, res: SessionView },
  recover: { req: Recover, res: SessionView },
  assess_passphrase: { req: AssessPassphrase, res: PassphraseView },
  lock: { req: Record<string, never>, res: Record<string, never> },
  session: { req: Record<string, never>, res: SessionView },
  change_passphrase: { req: ChangePassphrase, res: SessionView },
  set_display: { req: SetDisplay, res: SessionView },
  settings: { req: Record<string, never>, res: SettingsView },
  users: { req: Record<string, never>, res: UsersView },
  add_user: { req: AddUser, res: OneTimePassphrase },
  reset_passphrase: { req: { user: UserId }, res: OneTimePassphrase },
  amend_user: { req: AmendUser, res: UsersView },
  change_settings: { req: ChangeSettings, res: SettingsView },
  set_export_folder: { req: SetExportFolder, res: SettingsView },
  new_recovery_key: { req: Record<string, never>, res: { recoveryKey: Array<string> } },
  team_history: { req: { skip: number }, res: HistoryView },
  verify: { req: Record<string, never>, res: { words: string, findings: Array<{ place: string, words: string }>, checked: Array<string> } },
  today: { req: Record<string, never>, res: TodayView },
  caseload: { req: CaseloadRequest, res: CaseloadView },
  find: { req: { query: string }, res: FindView },
  add_family: { req: AddFamily, res: FamilyAdded },
  echo_person: { req: { person: PersonEntry, family: FamilyId | null }, res: PersonEcho },
  people: { req: { family: FamilyId }, res: PeopleView },
  add_person: { req: { family: FamilyId, person: PersonEntry }, res: PersonView },
  amend_person: { req: { id: PersonId, person: PersonEntry, seen: number }, res: PersonView },
  allocate: { req: { episode: EpisodeId, keyWorker: UserId | null, therapist: UserId | null, partnerWorker: UserId | null, seen: number }, res: PeopleView },
  set_flag: { req: { family: FamilyId, kind: FlagKind, detail: string, reviewOn: string }, res: Banner },
  end_flag: { req: { flag: FlagId }, res: Banner },
  flags_checked: { req: { family: FamilyId }, res: Banner },
  banner: { req: { family: FamilyId }, res: Banner },
  story: { req: { family: FamilyId, skip: number }, res: StoryView },
  open_note: { req: { family: FamilyId }, res: NoteForm },
  save_draft: { req: { episode: EpisodeId, entry: ContactEntry }, res: { saved: string, words: string } },
  discard_draft: { req: { episode: EpisodeId }, res: Record<string, never> },
  check_contact: { req: { episode: EpisodeId, entry: ContactEntry }, res: CheckStrip },
  sign_contact: { req: { episode: EpisodeId, entry: ContactEntry }, res: { contact: ContactId, words: string } },
  contact: { req: { contact: ContactId }, res: ContactView },
  add_details: { req: { contact: ContactId, text: string }, res: ContactView },
  retract_contact: { req: { contact: ContactId, reason: string }, res: ContactView },
  answer_concern: { req: { concern: ConcernId, answer: string }, res: ConcernView },
  concerns: { req: Record<string, never>, res: { concerns: Array<ConcernView> } },
  parse_when: { req: { text: string, lean: "past" | "future" }, res: { words: string, longWords: string } },
  history: { req: { family: FamilyId, skip: number }, res: HistoryView },
  families_index: { req: Record<string, never>, res: { families: Array<{ family: FamilyId, reference: string }> } },
  summary: { req: SummaryRequest, res: SummaryView },
  release_summary: { req: ReleaseRequest, res: ReleaseView },
  write_release: { req: { quarter: string }, res: ReleaseView },
  releases: { req: Record<string, never>, res: { releases: Array<ReleaseView> } },
};
