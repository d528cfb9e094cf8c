// Package mirror keeps what Infomaniak tells of a person's real account: who they are there, their organizations,
// products, domains, people, sessions and drives, each as old as it is. It reads, never guesses, and writes into no table
// of another area. Everything hangs on the account of Kontor that connected: a token is a person, not the workspace.
package mirror

// Reasons of the faults of this area; ReasonNotConnected is in edit.go.
const (
	ReasonSample    = "mirror_sample"  // the sample workspace connects to nothing
	ReasonAnother   = "mirror_another" // the token is somebody else's than the connection's
	ReasonOffline   = "mirror_offline"
	ReasonLimited   = "mirror_limited"    // Infomaniak wants no more requests for a while
	ReasonCheckOver = "mirror_check_over" // a token was checked too long ago, or by another run of the program
	ReasonPaused    = "mirror_paused"     // the token is refused
)

// State is how the connection does.
type State string

// The states of a connection.
const (
	Off     State = "off"     // not connected, or frozen
	Idle    State = "idle"    // nothing is under way
	Pulling State = "pulling" // it reads
	Waiting State = "waiting" // until NextAt, because of Reason
	Paused  State = "paused"  // the token is refused: nothing is asked before there is another
)
