/* A program without libc. How its two samples were made:
 *   aarch64-linux-gnu-gcc -O1 -static -nostdlib -Wl,--build-id=none,-z,max-page-size=4096 tiny.c -o tiny
 *   aarch64-linux-gnu-nm tiny: _start and answer are functions
 *   aarch64-linux-gnu-objcopy --strip-debug tiny mini && xz -k mini
 *   aarch64-linux-gnu-strip tiny -o tiny-debugdata
 *   aarch64-linux-gnu-objcopy --add-section .gnu_debugdata=mini.xz tiny-debugdata
 */
__attribute__((noinline)) int answer(int x) { return x * 6; }

void _start(void) {
    register long x0 __asm__("x0") = answer(7);
    register long x8 __asm__("x8") = 94;
    __asm__ volatile("svc 0" : : "r"(x0), "r"(x8));
    __builtin_unreachable();
}
