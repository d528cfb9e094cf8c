package picture

import "image/color"

// rim is how many pixels at the outline of a shape are mixed with what lies around it.
const rim = 2

// shapes are the connected parts of what is drawn: for each pixel the number of its shape, 0 where there is only ground.
func (e *edges) shapes(ground color.NRGBA) (of []int32, count int) {
	w, h := e.m.Rect.Dx(), e.m.Rect.Dy()
	const unknown = -1
	of = make([]int32, w*h)
	outside := premultiply(ground)
	for i, p := range e.seen {
		if p[3] >= 128 && (ground.A == 0 || p.apart(outside) >= swing) {
			of[i] = unknown
		}
	}
	var open []int
	for i := range of {
		if of[i] != unknown {
			continue
		}
		count++
		of[i] = int32(count)
		for open = append(open[:0], i); len(open) > 0; {
			j := open[len(open)-1]
			open = open[:len(open)-1]
			for y := max(0, j/w-1); y <= min(h-1, j/w+1); y++ {
				for x := max(0, j%w-1); x <= min(w-1, j%w+1); x++ {
					if k := y*w + x; of[k] == unknown {
						of[k] = int32(count)
						open = append(open, k)
					}
				}
			}
		}
	}
	return of, count
}

// clearOfRim tells the pixels that lie inside of a shape, clear of its rim.
func clearOfRim(shape []int32, w, h int) []bool {
	clear := make([]bool, len(shape))
	for i, n := range shape {
		clear[i] = n != 0
	}
	for range rim {
		before := append([]bool(nil), clear...)
		for y := range h {
			for x := range w {
				i := y*w + x
				clear[i] = before[i] && x > 0 && y > 0 && x < w-1 && y < h-1 &&
					before[i-1] && before[i+1] && before[i-w] && before[i+w]
			}
		}
	}
	return clear
}

// findInner measures the drawing within each shape, its pixels against each other. It counts where it is a good part of
// what makes the shape: the glyph in a disc, not a speck in a letter.
func (e *edges) findInner(ground color.NRGBA) {
	e.inner = make([]float64, len(e.lengths))
	w, h := e.m.Rect.Dx(), e.m.Rect.Dy()
	shape, count := e.shapes(ground)
	clear := clearOfRim(shape, w, h)
	lengths := e.lengthsOf(clear)
	parts := make([]histogram, len(e.lengths))
	most := make([]int32, len(e.lengths)) // the shape that fills most of a place
	for i := range parts {
		votes := map[int32]int{}
		x0, y0 := i%e.columns*e.side, i/e.columns*e.side
		for y := y0; y < y0+e.side; y++ {
			for x := x0; x < x0+e.side; x++ {
				n := shape[y*w+x]
				if n == 0 {
					continue
				}
				if votes[n]++; votes[n] > votes[most[i]] || most[i] == 0 {
					most[i] = n
				}
				if clear[y*w+x] {
					c := at(e.m, x, y)
					parts[i][level(c.R, c.G, c.B)]++
				}
			}
		}
	}
	best := e.clearest(parts, lengths)
	places := make([][]int, count+1)
	for i, n := range most {
		places[n] = append(places[n], i)
	}
	for _, list := range places[1:] {
		var ratios, own []float64
		var all, inside float64
		for _, i := range list {
			ratios, own = append(ratios, best[i]), append(own, lengths[i])
			all, inside = all+e.lengths[i], inside+lengths[i]
		}
		if inside == 0 || inside < innerShare*all {
			continue
		}
		seen, _ := weakTenth(ratios, own)
		for _, i := range list {
			e.inner[i] = seen
		}
	}
}
