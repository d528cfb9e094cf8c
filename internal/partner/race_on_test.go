//go:build race

package partner

const raceDetector = true
