export namespace app {
	
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

}

