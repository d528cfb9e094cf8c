export namespace app {
	
	export interface SystemView {
	    version: string;
	    workspace: string;
	    sample: boolean;
	    fault: string;
	}

}

