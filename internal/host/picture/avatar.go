package picture

import (
	"math"
)

// AvatarAdvised is Infomaniak's advice for an avatar: at least so many pixels a side.
const AvatarAdvised = 210

// Square returns the square of a crop that lies in the picture: sides of equal length (the shorter counts), moved
// inside. A crop without area becomes the largest square in the middle.
func Square(width, height int, crop Rect) Rect {
	side := min(crop.W, crop.H, float64(width), float64(height))
	if !(side >= 1) || math.IsInf(crop.X, 0) || math.IsInf(crop.Y, 0) || math.IsNaN(crop.X+crop.Y) {
		side = float64(min(width, height))
		crop = Rect{X: (float64(width) - side) / 2, Y: (float64(height) - side) / 2}
	}
	return Rect{crop.X, crop.Y, side, side}.Within(width, height)
}
