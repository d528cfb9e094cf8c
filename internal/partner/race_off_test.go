//go:build !race

package partner

const raceDetector = false
