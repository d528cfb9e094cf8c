package replica

import "time"

// SetPatience sets for how long nothing may move.
func SetPatience(d time.Duration) { patience = d }
