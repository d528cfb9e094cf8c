package app

import "context"

// Panic is a bound method that panics.
func Panic(a *App) error {
	return do(a, "test.Panic", func(context.Context, *workspace) error { panic("on purpose") })
}
