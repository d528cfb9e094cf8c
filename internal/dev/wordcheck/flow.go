package wordcheck

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// gather notes, once, what is put where.
func (p *Program) gather() {
	p.flow, p.calls, p.within = map[types.Object][]ast.Expr{}, map[*types.Func][]*ast.CallExpr{}, map[*types.Var]param{}
	for _, f := range p.files {
		var inside []*types.Signature // of the functions around
		var around []ast.Node
		ast.Inspect(f, func(n ast.Node) bool {
			if n == nil {
				last := around[len(around)-1]
				around = around[:len(around)-1]
				switch last.(type) {
				case *ast.FuncDecl, *ast.FuncLit:
					inside = inside[:len(inside)-1]
				}
				return true
			}
			around = append(around, n)
			switch n := n.(type) {
			case *ast.FuncDecl:
				fn := p.info.Defs[n.Name].(*types.Func) //nolint:forcetypeassert // it declares one
				inside = append(inside, fn.Signature())
				for i := range fn.Signature().Params().Len() {
					p.within[fn.Signature().Params().At(i)] = param{fn.Origin(), i}
				}
			case *ast.FuncLit:
				inside = append(inside, p.info.Types[n].Type.(*types.Signature)) //nolint:forcetypeassert // it is one
			case *ast.ReturnStmt:
				p.returned(inside[len(inside)-1], n.Results)
			case *ast.AssignStmt:
				p.assigned(n.Lhs, n.Rhs)
			case *ast.ValueSpec:
				names := make([]ast.Expr, len(n.Names))
				for i, name := range n.Names {
					names[i] = name
				}
				p.assigned(names, n.Values)
			case *ast.RangeStmt:
				if n.Value != nil {
					p.put(n.Value, &ast.IndexExpr{X: n.X})
				}
			case *ast.CompositeLit:
				p.composed(n)
			case *ast.CallExpr:
				if fn := p.callee(n); fn != nil {
					p.calls[fn] = append(p.calls[fn], n)
				} else if p.info.Types[n.Fun].IsType() {
					p.converted(n)
				}
			}
			return true
		})
	}
}

// put notes that a value goes into what an expression names.
func (p *Program) put(where ast.Expr, value ast.Expr) {
	switch where := ast.Unparen(where).(type) {
	case *ast.Ident:
		if o := p.object(where); o != nil {
			p.flow[o] = append(p.flow[o], value)
		}
	case *ast.SelectorExpr:
		if o := p.info.Uses[where.Sel]; o != nil {
			p.flow[origin(o)] = append(p.flow[origin(o)], value)
		}
	case *ast.IndexExpr: // m[k] = v counts as another element of m
		p.put(where.X, &ast.CompositeLit{Elts: []ast.Expr{value}})
	}
}

func (p *Program) object(id *ast.Ident) types.Object {
	if o := p.info.Defs[id]; o != nil {
		return o
	}
	return p.info.Uses[id]
}

// origin is the field of a generic type that a field of one of its instances stands for.
func origin(o types.Object) types.Object {
	if v, ok := o.(*types.Var); ok {
		return v.Origin()
	}
	return o
}

func (p *Program) assigned(where, values []ast.Expr) {
	for i, w := range where {
		switch {
		case len(values) == len(where):
			p.put(w, values[i])
		case len(values) == 1:
			p.put(w, &nth{values[0], i})
		}
	}
}

// nth is a result of a call that has several.
type nth struct {
	ast.Expr
	index int
}

func (p *Program) returned(of *types.Signature, values []ast.Expr) {
	for i := range of.Results().Len() {
		o := of.Results().At(i)
		switch {
		case len(values) == of.Results().Len():
			p.flow[o] = append(p.flow[o], values[i])
		case len(values) == 1:
			p.flow[o] = append(p.flow[o], &nth{values[0], i})
		}
	}
}

func (p *Program) composed(lit *ast.CompositeLit) {
	t := p.info.Types[lit].Type
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if o := p.info.Uses[kv.Key.(*ast.Ident)]; o != nil { //nolint:forcetypeassert // keys of structs are names
				p.flow[origin(o)] = append(p.flow[origin(o)], kv.Value)
			}
		} else {
			o := origin(st.Field(i))
			p.flow[o] = append(p.flow[o], e)
		}
	}
}

// converted notes that a struct becomes another with the same fields.
func (p *Program) converted(conversion *ast.CallExpr) {
	to, isStruct := p.info.Types[conversion.Fun].Type.Underlying().(*types.Struct)
	from, alike := p.info.Types[conversion.Args[0]].Type.Underlying().(*types.Struct)
	if !isStruct || !alike || to == from {
		return
	}
	for i := range to.NumFields() {
		o := origin(to.Field(i))
		p.flow[o] = append(p.flow[o], &held{conversion, origin(from.Field(i))})
	}
}

// held is what a field holds.
type held struct {
	ast.Expr
	field types.Object
}

// callee is the function of ours that a call names, of a generic one the origin; nil for a value that is called.
func (p *Program) callee(call *ast.CallExpr) *types.Func {
	fun := ast.Unparen(call.Fun)
	if index, ok := fun.(*ast.IndexExpr); ok { // an instance is named
		fun = index.X
	}
	var id *ast.Ident
	switch f := fun.(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return nil
	}
	fn, ok := p.info.Uses[id].(*types.Func)
	if !ok {
		return nil
	}
	return fn.Origin()
}

// found is what an expression can be.
type found struct {
	values  map[string]bool
	params  map[param]bool     // it may be what a caller hands in
	unknown map[token.Pos]bool // places where nobody can tell
}

func newFound() *found {
	return &found{map[string]bool{}, map[param]bool{}, map[token.Pos]bool{}}
}

func text(v constant.Value) string {
	if v.Kind() == constant.String {
		return constant.StringVal(v)
	}
	return v.String()
}

// values follows an expression back to all the constants that it can be.
func (p *Program) values(e ast.Expr) *found {
	f := newFound()
	p.follow(e, f, map[any]bool{}, 0)
	return f
}

func (p *Program) follow(e ast.Expr, f *found, seen map[any]bool, result int) {
	if several, ok := e.(*nth); ok {
		p.follow(several.Expr, f, seen, several.index)
		return
	}
	if field, ok := e.(*held); ok {
		p.object1(field.field, field.Pos(), f, seen)
		return
	}
	e = ast.Unparen(e)
	tv := p.info.Types[e]
	if tv.Value != nil {
		f.values[text(tv.Value)] = true
		return
	}
	if named, ok := types.Unalias(tv.Type).(*types.Named); ok {
		if basic, isBasic := named.Underlying().(*types.Basic); isBasic && basic.Info()&types.IsString != 0 {
			if values := p.constants(named); len(values) > 0 {
				for _, v := range values {
					f.values[v] = true
				}
				return
			}
		}
	}
	switch e := e.(type) {
	case *ast.Ident:
		p.object1(p.object(e), e.Pos(), f, seen)
	case *ast.SelectorExpr:
		p.object1(origin(p.info.Uses[e.Sel]), e.Pos(), f, seen)
	case *ast.IndexExpr:
		p.elements(e.X, f, seen)
	case *ast.BinaryExpr:
		left, right := newFound(), newFound()
		p.follow(e.X, left, seen, 0)
		p.follow(e.Y, right, seen, 0)
		for l := range left.values {
			for r := range right.values {
				f.values[l+r] = true
			}
		}
		if len(left.params)+len(left.unknown)+len(right.params)+len(right.unknown) > 0 {
			f.unknown[e.Pos()] = true
		}
	case *ast.CallExpr:
		if p.info.Types[e.Fun].IsType() { // string(x)
			p.follow(e.Args[0], f, seen, 0)
			return
		}
		p.called(e, f, seen, result)
	default:
		f.unknown[e.Pos()] = true
	}
}

func (p *Program) called(e *ast.CallExpr, f *found, seen map[any]bool, result int) {
	fn := p.callee(e)
	if fn == nil || fn.Pkg() == nil || !p.ours(fn.Pkg()) {
		f.unknown[e.Pos()] = true
		return
	}
	if fn.Signature().Results().Len() <= result {
		f.unknown[e.Pos()] = true
		return
	}
	inner := newFound()
	p.object1(fn.Signature().Results().At(result), e.Pos(), inner, seen)
	for v := range inner.values {
		f.values[v] = true
	}
	for u := range inner.unknown {
		f.unknown[u] = true
	}
	for q := range inner.params { // what is handed in here
		if q.fn == fn && q.index < len(e.Args) {
			p.follow(e.Args[q.index], f, seen, 0)
		} else {
			f.params[q] = true
		}
	}
}

func (p *Program) ours(pkg *types.Package) bool {
	for _, one := range p.packages {
		if one == pkg {
			return true
		}
	}
	return false
}

// object1 follows a variable, a field or a result to all that is put into it.
func (p *Program) object1(o types.Object, at token.Pos, f *found, seen map[any]bool) {
	if o == nil || seen[o] {
		return
	}
	seen[o] = true
	v, isVar := o.(*types.Var)
	if isVar {
		if in, ok := p.within[v]; ok {
			f.params[in] = true
		}
	}
	for _, value := range p.flow[o] {
		p.follow(value, f, seen, 0)
	}
	if _, isParam := p.within[v]; len(p.flow[o]) == 0 && !(isVar && isParam) {
		f.unknown[at] = true
	}
}

// elements follows a map, list or array to all that it holds.
func (p *Program) elements(e ast.Expr, f *found, seen map[any]bool) {
	e = ast.Unparen(e)
	switch e := e.(type) {
	case *ast.CompositeLit:
		for _, one := range e.Elts {
			if kv, ok := one.(*ast.KeyValueExpr); ok {
				one = kv.Value
			}
			p.follow(one, f, seen, 0)
		}
	case *ast.Ident:
		p.elementsOf(p.object(e), e.Pos(), f, seen)
	case *ast.SelectorExpr:
		p.elementsOf(origin(p.info.Uses[e.Sel]), e.Pos(), f, seen)
	default:
		f.unknown[e.Pos()] = true
	}
}

func (p *Program) elementsOf(o types.Object, at token.Pos, f *found, seen map[any]bool) {
	type element struct{ types.Object }
	if o == nil || seen[element{o}] {
		return
	}
	seen[element{o}] = true
	if len(p.flow[o]) == 0 {
		f.unknown[at] = true
	}
	for _, value := range p.flow[o] {
		p.elements(value, f, seen)
	}
}
