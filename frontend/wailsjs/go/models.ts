export namespace app {
	
	export interface AttemptView {
	    at: string;
	    ok: boolean;
	    method: string;
	    device: string;
	    address: string;
	}
	export interface ThresholdView {
	    after: number;
	    locks: number;
	}
	export interface AdviceView {
	    days: number;
	    failures: number;
	    successes: number;
	    failureMails: number;
	    allMails: number;
	    thresholds: ThresholdView[];
	    attempts: AttemptView[];
	}
	
	export interface BeginInput {
	    firstName: string;
	    lastName: string;
	    loginEmail: string;
	    language: string;
	    organizationName: string;
	    country: string;
	    password: string;
	    stay: boolean;
	}
	export interface OrganizationView {
	    id: string;
	    name: string;
	    country: string;
	    currency: string;
	    role: string;
	}
	export interface CurrentView {
	    signedIn: boolean;
	    anyAccount: boolean;
	    accountId: string;
	    firstName: string;
	    lastName: string;
	    loginEmail: string;
	    language: string;
	    organizationId: string;
	    organizations: OrganizationView[];
	    capabilities: string[];
	}
	export interface HighlightView {
	    rule: string;
	    params: Record<string, string>;
	}
	export interface DeviceView {
	    id: string;
	    current: boolean;
	    ownName: string;
	    note: string;
	    device: string;
	    system: string;
	    appVersion: string;
	    address: string;
	    method: string;
	    stay: boolean;
	    firstSeen: string;
	    lastActive: string;
	    endedAt: string;
	    endedBy: string;
	    highlights: HighlightView[];
	}
	export interface DevicesView {
	    alive: DeviceView[];
	    ended: DeviceView[];
	}
	
	export interface InvitationView {
	    email: string;
	    role: string;
	    accounting: boolean;
	    invitedAt: string;
	}
	export interface JobView {
	    id: string;
	    name: string;
	    state: string;
	    done: number;
	    total: number;
	    fault: string;
	}
	export interface LoginEmailInput {
	    version: number;
	    email: string;
	    again: string;
	    password: string;
	}
	export interface MemberView {
	    accountId: string;
	    firstName: string;
	    lastName: string;
	    loginEmail: string;
	    role: string;
	    accounting: boolean;
	    joinedAt: string;
	}
	export interface MembersView {
	    members: MemberView[];
	    invitations: InvitationView[];
	}
	export interface ObstacleView {
	    kind: string;
	    params: Record<string, string>;
	    route: string;
	}
	export interface OrganizationDetailView {
	    id: string;
	    name: string;
	    kind: string;
	    street: string;
	    postcode: string;
	    place: string;
	    country: string;
	    currency: string;
	    vatNumber: string;
	    version: number;
	    createdAt: string;
	    role: string;
	}
	export interface OrganizationInput {
	    version: number;
	    name?: string;
	    kind?: string;
	    street?: string;
	    postcode?: string;
	    place?: string;
	    country?: string;
	    currency?: string;
	    vatNumber?: string;
	}
	
	export interface PolicyView {
	    notifySuccess: boolean;
	    notifyFailure: boolean;
	    lockOn: boolean;
	    lockAfter: number;
	}
	export interface ProfileInput {
	    version: number;
	    firstName?: string;
	    lastName?: string;
	    language?: string;
	    locale?: string;
	    timeZone?: string;
	    country?: string;
	    phone?: string;
	    recoveryPhone?: string;
	    recoveryEmail?: string;
	}
	export interface ProfileView {
	    id: string;
	    firstName: string;
	    lastName: string;
	    loginEmail: string;
	    language: string;
	    locale: string;
	    timeZone: string;
	    country: string;
	    phone: string;
	    recoveryPhone: string;
	    recoveryEmail: string;
	    version: number;
	    createdAt: string;
	}
	export interface ProtectionView {
	    policy: PolicyView;
	    chosen: boolean;
	    codesLeft: number;
	    codesMade: number;
	    hasPassword: boolean;
	    minLock: number;
	    maxLock: number;
	}
	export interface RecoveryCodesView {
	    codes: string[];
	}
	export interface SettingsView {
	    language: string;
	    theme: string;
	    sidebar: string;
	}
	export interface StrengthView {
	    score: number;
	    years: string;
	}
	export interface SystemView {
	    version: string;
	    workspace: string;
	    sample: boolean;
	    fault: string;
	}
	
	export interface VaultView {
	    mode: string;
	    reason: string;
	    held: number;
	    stranded: boolean;
	    shortest: number;
	}
	export interface WaitingView {
	    area: string;
	    kind: string;
	    urgency: string;
	    params: Record<string, string>;
	    at: string;
	    route: string;
	}

}

