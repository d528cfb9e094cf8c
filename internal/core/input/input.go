// Package input reads what people type into fields and what files hold. It promises that what it lets pass is clean text
// (see core/text) without a card number, a figure or a day with exactly one meaning, an address or an account that is well
// formed; and that nothing of what was typed is dropped silently but what nobody can see. What it refuses goes to a
// fault.Check under the field's name.
package input
