package mirror

// ReasonNotConnected is that of everything that needs Infomaniak while the account is not connected to it.
const ReasonNotConnected = "mirror_not_connected"

// Edits keeps what a person changes at Infomaniak, sends it, and reads it back.
type Edits struct{}

// NewEdits wires the edits.
func NewEdits() *Edits { return &Edits{} }
