package replica

import "time"

// SetGoodbye gives the last changes longer: a test must not hang on how fast the machine is.
func SetGoodbye(d time.Duration) { goodbye = d }
