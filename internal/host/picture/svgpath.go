package picture

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

var errNumber = errors.New("not a number")

// matrix is an affine map: x' = a·x + c·y + e, y' = b·x + d·y + f.
type matrix [6]float64

func (m matrix) apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// after is the map that applies n first.
func (m matrix) after(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1],
		m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5],
	}
}

// scale is by how much the map enlarges a length, on average over all directions.
func (m matrix) scale() float64 { return math.Sqrt(math.Abs(m[0]*m[3] - m[1]*m[2])) }

// segment is a piece of a path: 'M', 'J' and 'L' use p[0], 'C' uses all three, 'Z' none. 'M' closes what came before
// it, as fills do; 'J' does not, because rasterx gives the two sides of a line as separate pieces.
type segment struct {
	verb byte
	p    [3][2]float64
}

func (g *segment) points() [][2]float64 {
	switch g.verb {
	case 'C':
		return g.p[:3]
	case 'Z':
		return nil
	}
	return g.p[:1]
}

type path []segment

func (p *path) move(x, y float64) { *p = append(*p, segment{'M', [3][2]float64{{x, y}}}) }
func (p *path) jump(x, y float64) { *p = append(*p, segment{'J', [3][2]float64{{x, y}}}) }
func (p *path) line(x, y float64) { *p = append(*p, segment{'L', [3][2]float64{{x, y}}}) }
func (p *path) cube(a, b, c, d, x, y float64) {
	*p = append(*p, segment{'C', [3][2]float64{{a, b}, {c, d}, {x, y}}})
}
func (p *path) end() { *p = append(*p, segment{verb: 'Z'}) }

// scanner reads numbers in the loose grammar of SVG.
type scanner struct {
	s string
	i int
}

func (s *scanner) space() {
	for s.i < len(s.s) && strings.IndexByte(" \t\r\n,", s.s[s.i]) >= 0 {
		s.i++
	}
}

// number reads the next number; its end may be the next number's sign or dot.
func (s *scanner) number() (float64, error) {
	s.space()
	from := s.i
	digits := func() {
		for s.i < len(s.s) && s.s[s.i] >= '0' && s.s[s.i] <= '9' {
			s.i++
		}
	}
	sign := func() {
		if s.i < len(s.s) && (s.s[s.i] == '-' || s.s[s.i] == '+') {
			s.i++
		}
	}
	sign()
	digits()
	if s.i < len(s.s) && s.s[s.i] == '.' {
		s.i++
		digits()
	}
	if s.i > from && s.i+1 < len(s.s) && (s.s[s.i] == 'e' || s.s[s.i] == 'E') && s.s[s.i+1] != 'm' && s.s[s.i+1] != 'x' {
		s.i++
		sign()
		digits()
	}
	v, err := strconv.ParseFloat(s.s[from:s.i], 64)
	if err != nil || math.Abs(v) > 1e9 {
		return 0, errNumber
	}
	return v, nil
}

// flag reads a single 0 or 1; arcs write them without a space.
func (s *scanner) flag() (bool, error) {
	s.space()
	if s.i >= len(s.s) || s.s[s.i] != '0' && s.s[s.i] != '1' {
		return false, errNumber
	}
	s.i++
	return s.s[s.i-1] == '1', nil
}

func numbers(text string) ([]float64, error) {
	s := scanner{s: text}
	var list []float64
	for s.space(); s.i < len(s.s); s.space() {
		v, err := s.number()
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// length reads a number with an optional unit. Units other than px keep their number: only the ratio of the document's
// width and height is used.
func length(text string) (float64, error) {
	s := scanner{s: text}
	v, err := s.number()
	if err != nil {
		return 0, err
	}
	switch strings.TrimSpace(s.s[s.i:]) {
	case "", "px", "pt", "mm", "cm", "in", "pc":
		return v, nil
	}
	return 0, errNumber
}

// plain reads a number in user units; nothing is 0.
func plain(text string) (float64, error) {
	if text == "" {
		return 0, nil
	}
	s := scanner{s: text}
	v, err := s.number()
	if rest := strings.TrimSpace(s.s[s.i:]); err != nil || rest != "" && rest != "px" {
		return 0, errNumber
	}
	return v, nil
}

// pathData reads the d attribute. As the standard asks, what comes before a mistake counts; here it is refused
// instead, because a preview should not guess.
func pathData(text string) (path, error) {
	var out path
	s := scanner{s: text}
	var x, y, startX, startY, controlX, controlY float64
	var verb, before byte
	for s.space(); s.i < len(s.s); s.space() {
		if c := s.s[s.i]; c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			verb = c
			s.i++
		} else if verb == 0 || verb|0x20 == 'z' {
			return nil, errNumber
		}
		if len(out) == 0 && verb|0x20 != 'm' {
			return nil, errNumber
		}
		relative := verb >= 'a'
		n, err := s.arguments(verb|0x20, relative, x, y)
		if err != nil {
			return nil, err
		}
		if before|0x20 == 'z' && verb|0x20 != 'm' && verb|0x20 != 'z' {
			out.move(x, y)
		}
		switch verb | 0x20 {
		case 'm':
			x, y = n[0], n[1]
			startX, startY = x, y
			out.move(x, y)
			verb = 'L' | verb&0x20 // further pairs are lines
			before = 'm'
			continue
		case 'l', 'h', 'v':
			x, y = n[0], n[1]
			out.line(x, y)
		case 'c', 's':
			if verb|0x20 == 's' {
				c1x, c1y := x, y
				if before|0x20 == 'c' || before|0x20 == 's' {
					c1x, c1y = 2*x-controlX, 2*y-controlY
				}
				n = [7]float64{c1x, c1y, n[0], n[1], n[2], n[3]}
			}
			out.cube(n[0], n[1], n[2], n[3], n[4], n[5])
			controlX, controlY, x, y = n[2], n[3], n[4], n[5]
		case 'q', 't':
			if verb|0x20 == 't' {
				c1x, c1y := x, y
				if before|0x20 == 'q' || before|0x20 == 't' {
					c1x, c1y = 2*x-controlX, 2*y-controlY
				}
				n = [7]float64{c1x, c1y, n[0], n[1]}
			}
			out.cube(x+(n[0]-x)*2/3, y+(n[1]-y)*2/3, n[2]+(n[0]-n[2])*2/3, n[3]+(n[1]-n[3])*2/3, n[2], n[3])
			controlX, controlY, x, y = n[0], n[1], n[2], n[3]
		case 'a':
			out.arc(x, y, n)
			x, y = n[5], n[6]
		case 'z':
			out.end()
			x, y = startX, startY
		}
		if len(out) > maxSegments {
			return nil, errNumber
		}
		before = verb
	}
	return out, nil
}

// arguments reads what one command takes and makes its coordinates absolute.
func (s *scanner) arguments(verb byte, relative bool, x, y float64) (n [7]float64, err error) {
	nowX, nowY := x, y
	if !relative {
		x, y = 0, 0
	}
	count := map[byte]int{'m': 2, 'l': 2, 'h': 1, 'v': 1, 'c': 6, 's': 4, 'q': 4, 't': 2, 'a': 7, 'z': 0}
	want, known := count[verb]
	if !known {
		return n, errNumber
	}
	for i := range want {
		if verb == 'a' && (i == 3 || i == 4) {
			on, err := s.flag()
			if err != nil {
				return n, err
			}
			if on {
				n[i] = 1
			}
			continue
		}
		if n[i], err = s.number(); err != nil {
			return n, err
		}
	}
	switch verb {
	case 'h':
		n[0], n[1] = n[0]+x, nowY
	case 'v':
		n[0], n[1] = nowX, n[0]+y
	case 'a':
		n[5], n[6] = n[5]+x, n[6]+y
	default:
		for i := 0; i+1 < want; i += 2 {
			n[i], n[i+1] = n[i]+x, n[i+1]+y
		}
	}
	return n, nil
}

// arc appends an elliptical arc as cubic curves, after the formulas of the SVG standard (appendix F.6).
func (p *path) arc(x0, y0 float64, n [7]float64) {
	rx, ry, x, y := math.Abs(n[0]), math.Abs(n[1]), n[5], n[6]
	if rx == 0 || ry == 0 || x0 == x && y0 == y {
		p.line(x, y)
		return
	}
	sin, cos := math.Sincos(n[2] * math.Pi / 180)
	dx, dy := (x0-x)/2, (y0-y)/2
	ux, uy := (cos*dx+sin*dy)/rx, (-sin*dx+cos*dy)/ry
	square := ux*ux + uy*uy
	if square > 1 { // the radii are too small: enlarge them until they fit
		rx, ry = rx*math.Sqrt(square), ry*math.Sqrt(square)
		ux, uy, square = ux/math.Sqrt(square), uy/math.Sqrt(square), 1
	}
	k := math.Sqrt(max(0, (1-square)/square))
	if (n[3] == 1) == (n[4] == 1) {
		k = -k
	}
	cx, cy := k*uy, -k*ux // the centre on the unit circle
	from := math.Atan2(uy-cy, ux-cx)
	sweep := math.Atan2(-uy-cy, -ux-cx) - from
	if n[4] == 1 && sweep < 0 {
		sweep += 2 * math.Pi
	} else if n[4] == 0 && sweep > 0 {
		sweep -= 2 * math.Pi
	}
	midX, midY := (x0+x)/2, (y0+y)/2
	place := func(u, v float64) (float64, float64) {
		u, v = (u+cx)*rx, (v+cy)*ry
		return midX + cos*u - sin*v, midY + sin*u + cos*v
	}
	steps := int(math.Ceil(math.Abs(sweep)/(math.Pi/2) - 1e-9))
	t := 4.0 / 3 * math.Tan(sweep/float64(max(steps, 1))/4)
	for i := range steps {
		a := from + sweep*float64(i)/float64(steps)
		b := from + sweep*float64(i+1)/float64(steps)
		sa, ca := math.Sincos(a)
		sb, cb := math.Sincos(b)
		ax, ay := place(ca-t*sa, sa+t*ca)
		bx, by := place(cb+t*sb, sb-t*cb)
		ex, ey := place(cb, sb)
		if i == steps-1 {
			ex, ey = x, y
		}
		p.cube(ax, ay, bx, by, ex, ey)
	}
}

// ellipse appends a whole ellipse.
func (p *path) ellipse(cx, cy, rx, ry float64) {
	p.move(cx+rx, cy)
	p.arc(cx+rx, cy, [7]float64{rx, ry, 0, 0, 1, cx - rx, cy})
	p.arc(cx-rx, cy, [7]float64{rx, ry, 0, 0, 1, cx + rx, cy})
	p.end()
}

// transform reads a list of transformations.
func transform(text string) (matrix, error) {
	m := matrix{1, 0, 0, 1, 0, 0}
	for rest := strings.TrimSpace(text); rest != ""; {
		name, after, ok := strings.Cut(rest, "(")
		inside, next, closed := strings.Cut(after, ")")
		n, err := numbers(inside)
		if !ok || !closed || err != nil {
			return m, errNumber
		}
		step, err := transformation(strings.TrimSpace(name), n)
		if err != nil {
			return m, err
		}
		m = m.after(step)
		rest = strings.TrimLeft(next, " \t\r\n,")
	}
	return m, nil
}

func transformation(name string, n []float64) (matrix, error) {
	switch {
	case name == "matrix" && len(n) == 6:
		return matrix(n), nil
	case name == "translate" && len(n) == 1:
		return matrix{1, 0, 0, 1, n[0], 0}, nil
	case name == "translate" && len(n) == 2:
		return matrix{1, 0, 0, 1, n[0], n[1]}, nil
	case name == "scale" && len(n) == 1:
		return matrix{n[0], 0, 0, n[0], 0, 0}, nil
	case name == "scale" && len(n) == 2:
		return matrix{n[0], 0, 0, n[1], 0, 0}, nil
	case name == "rotate" && (len(n) == 1 || len(n) == 3):
		sin, cos := math.Sincos(n[0] * math.Pi / 180)
		m := matrix{cos, sin, -sin, cos, 0, 0}
		if len(n) == 3 {
			m = matrix{1, 0, 0, 1, n[1], n[2]}.after(m).after(matrix{1, 0, 0, 1, -n[1], -n[2]})
		}
		return m, nil
	case name == "skewX" && len(n) == 1:
		return matrix{1, 0, math.Tan(n[0] * math.Pi / 180), 1, 0, 0}, nil
	case name == "skewY" && len(n) == 1:
		return matrix{1, math.Tan(n[0] * math.Pi / 180), 0, 1, 0, 0}, nil
	}
	return matrix{}, errNumber
}
