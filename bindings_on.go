//go:build bindings

package main

// bindings is set while Wails runs main only to generate the TypeScript declarations: nothing may be opened then.
const bindings = true
