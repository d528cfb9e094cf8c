// Package obstacle is the vocabulary in which an area says what it holds that keeps an organization from being deleted.
package obstacle

import "context"

// Obstacle is one thing that has to be dealt with first: other members, a prepaid balance, open orders.
type Obstacle struct {
	Kind   string            `json:"kind"` // its words are organization_obstacle_<kind>
	Params map[string]string `json:"params"`
	Route  string            `json:"route"` // where it is dealt with
}

// Source asks an area what it holds of an organization. It asks for no permission: whoever calls it has.
type Source func(ctx context.Context, organizationID string) ([]Obstacle, error)
