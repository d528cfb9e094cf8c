package leaving

// QuickKits lets kits open in no time, and returns the work that they take outside of tests.
func QuickKits() (usual int) {
	usual, kitWork = kitWork, 2
	return usual
}
