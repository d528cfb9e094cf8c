//go:build linux && cgo && webkit2_41

package window

/*
#define _GNU_SOURCE
#include <glib.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

// The first that is told of is the program itself. What it can write to holds more than its file does and is left alone.
static int unmap(struct dl_phdr_info *part, size_t size, void *none) {
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < part->dlpi_phnum; i++) {
        const ElfW(Phdr) *h = &part->dlpi_phdr[i];
        if (h->p_type != PT_LOAD || (h->p_flags & PF_W)) continue;
        uintptr_t start = (part->dlpi_addr + h->p_vaddr) & ~(page - 1);
        uintptr_t end = (part->dlpi_addr + h->p_vaddr + h->p_filesz + page - 1) & ~(page - 1);
        madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 1;
}

// Not through Go, which would hand them to the person's browser too.
static void spare(void) {
    g_setenv("JSC_forceRAMSize", "67108864", FALSE);
    g_setenv("JSC_largeHeapSize", "8388608", FALSE);
}

static void unmap_program(void) { dl_iterate_phdr(unmap, NULL); }
*/
import "C"

// unmapProgram lets go of the pages of the program's file that are mapped. Whatever is touched of a file maps its
// neighbours too, so that after the start nearly all of the program is, most of which never runs. The pages stay in the
// system's cache of files, from which the next use maps them again without reading.
func unmapProgram() { C.unmap_program() }

// thriftyEngine lets the page's engine collect what the page has left behind from 8 MiB on instead of 32, and take the
// computer to have 64 MiB, below a quarter of which its heap may double between two collections: where there is much
// memory, a page would hold mostly what nobody needs. To be called before there is a page.
func thriftyEngine() { C.spare() }
