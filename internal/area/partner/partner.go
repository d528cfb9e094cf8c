// Package partner keeps what a partner's prices are computed from: price books, degressive steps, the terms agreed with
// Infomaniak. Lists that came with Kontor are never changed, and every figure that it answers is package pricing's.
package partner
