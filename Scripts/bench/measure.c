/* Runs a command and writes its wall time, processor time (both in seconds) and peak memory (in MB) into a file:
 *
 *     measure RESULT COMMAND [ARGUMENT...]
 *
 * Ends with the command's exit status. It stands in for /usr/bin/time, which many machines do not have and which
 * prints other units on macOS. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec / 1e6; }

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: measure RESULT COMMAND [ARGUMENT...]\n");
        return 64;
    }
    struct timeval begun, ended;
    gettimeofday(&begun, NULL);
    pid_t child = fork();
    if (child < 0) {
        fprintf(stderr, "measure: fork failed: %s\n", strerror(errno));
        return 71;
    }
    if (child == 0) {
        execvp(argv[2], argv + 2);
        fprintf(stderr, "measure: %s cannot be run: %s\n", argv[2], strerror(errno));
        _exit(127);
    }
    int status = 0;
    struct rusage usage;
    while (wait4(child, &status, 0, &usage) < 0) {
        if (errno != EINTR) {
            fprintf(stderr, "measure: waiting failed: %s\n", strerror(errno));
            return 71;
        }
    }
    gettimeofday(&ended, NULL);
#ifdef __APPLE__
    double peak = (double)usage.ru_maxrss / 1e6; /* bytes */
#else
    double peak = (double)usage.ru_maxrss * 1024 / 1e6; /* kibibytes */
#endif
    FILE *result = fopen(argv[1], "w");
    if (result == NULL) {
        fprintf(stderr, "measure: %s cannot be written: %s\n", argv[1], strerror(errno));
        return 74;
    }
    fprintf(result, "%.3f %.3f %.1f\n", seconds(ended) - seconds(begun),
            seconds(usage.ru_utime) + seconds(usage.ru_stime), peak);
    fclose(result);
    if (WIFSIGNALED(status)) {
        fprintf(stderr, "measure: %s was ended by signal %d\n", argv[2], WTERMSIG(status));
        return 128 + WTERMSIG(status);
    }
    return WEXITSTATUS(status);
}
