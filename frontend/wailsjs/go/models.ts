export namespace app {
	
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
	export interface JobView {
	    id: string;
	    name: string;
	    state: string;
	    done: number;
	    total: number;
	    fault: string;
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

